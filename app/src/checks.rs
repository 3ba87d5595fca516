//! Strict forms: which fields each writing function has. What a form does not know is refused before the framework runs,
//! because the framework ignores it (threats.md T8).

use domain::Error;
use finance::bank_accounts::functions::{ConfirmAccount, PrepareAccount, PrepareAccountRemoval, ResendAccountCode};
use finance::bills::functions::{AdjustBill, ConfirmMasking, IssueBill, PayBill, RemakeBill, RevealCustomers};
use finance::exports::functions::{BatchExports, CancelExport, RepeatExport, RequestExport};
use finance::funds::functions::SetBalanceAlert;
use finance::invoices::functions::{AskTitle, DecideInvoice, DecideReview, DeleteInformation, MoveInvoice, SaveInformation, SubmitInvoice};
use finance::top_ups::functions::{ClaimTopUp, DecideTopUp, RevealTopUpAccount};
use finance::withdrawals::functions::{
    BatchWithdrawals, DecideWithdrawal, MoveWithdrawal, PrepareConfirmation, PrepareWithdrawal, RevealWithdrawalAccount, SetTwoPeople,
    SubmitWithdrawal,
};
use people::{
    agreements::functions::{AcceptAgreement, DraftAgreement, StepAgreement},
    company::functions::{AskAdministrators, JoinProgram},
    lists::functions::{ArrangeList, ChooseView, RemoveView, SaveView},
    messages::functions::{ChooseMessages, ReadAllMessages},
    operations::functions::WorkAgain,
    sign_in::functions::{SignIn, SignOut, SignOutEverywhere},
};
use serde::de::DeserializeOwned;
use server_fn::ServerFn;
use support::{
    library::functions::{BatchDocuments, DescribeDocument, MarkDocument, MoveDocument},
    sites::functions::{AddOwnHost, RemoveOwnHost},
};

/// A check of a form's body against the function at a path.
pub type Check = (&'static str, fn(&str) -> Result<(), Error>);

/// Fields of the carrier that every form may have: where it was sent from, for the answer without script.
const CARRIED: [&str; 1] = ["from"];

/// Every writing function. A test holds this against the registered ones.
pub const CHECKS: &[Check] = &[
    strict::<SignIn>(),
    strict::<SignOut>(),
    strict::<SignOutEverywhere>(),
    strict::<AskAdministrators>(),
    strict::<JoinProgram>(),
    strict::<AcceptAgreement>(),
    strict::<DraftAgreement>(),
    strict::<StepAgreement>(),
    strict::<ReadAllMessages>(),
    strict::<ChooseMessages>(),
    strict::<SaveView>(),
    strict::<RemoveView>(),
    strict::<ChooseView>(),
    strict::<ArrangeList>(),
    strict::<PayBill>(),
    strict::<ConfirmMasking>(),
    strict::<RevealCustomers>(),
    strict::<RemakeBill>(),
    strict::<IssueBill>(),
    strict::<AdjustBill>(),
    strict::<RequestExport>(),
    strict::<CancelExport>(),
    strict::<RepeatExport>(),
    strict::<BatchExports>(),
    strict::<SetBalanceAlert>(),
    strict::<ClaimTopUp>(),
    strict::<DecideTopUp>(),
    strict::<RevealTopUpAccount>(),
    strict::<PrepareAccount>(),
    strict::<PrepareAccountRemoval>(),
    strict::<ResendAccountCode>(),
    strict::<ConfirmAccount>(),
    strict::<PrepareWithdrawal>(),
    strict::<PrepareConfirmation>(),
    strict::<SubmitWithdrawal>(),
    strict::<MoveWithdrawal>(),
    strict::<SetTwoPeople>(),
    strict::<DecideWithdrawal>(),
    strict::<RevealWithdrawalAccount>(),
    strict::<BatchWithdrawals>(),
    strict::<SubmitInvoice>(),
    strict::<MoveInvoice>(),
    strict::<SaveInformation>(),
    strict::<DeleteInformation>(),
    strict::<AskTitle>(),
    strict::<DecideInvoice>(),
    strict::<DecideReview>(),
    strict::<BatchDocuments>(),
    strict::<DescribeDocument>(),
    strict::<MarkDocument>(),
    strict::<MoveDocument>(),
    strict::<WorkAgain>(),
    strict::<AddOwnHost>(),
    strict::<RemoveOwnHost>(),
];

const fn strict<T: ServerFn + DeserializeOwned>() -> Check {
    (T::PATH, check::<T>)
}

fn check<T: DeserializeOwned>(body: &str) -> Result<(), Error> {
    let mut unknown = None;
    let config = serde_qs::Config::new(5, false);
    let reader = serde_qs::Deserializer::with_config(&config, body.as_bytes()).map_err(|_| Error::Malformed)?;
    let read = serde_ignored::deserialize::<_, _, T>(reader, |path| {
        let field = path.to_string();
        if !CARRIED.contains(&field.as_str()) {
            unknown.get_or_insert(field);
        }
    });
    match unknown {
        Some(field) => Err(Error::UnknownField { field: field.chars().take(60).collect() }),
        None => read.map(|_| ()).map_err(|_| Error::Malformed),
    }
}
