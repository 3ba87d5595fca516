//! Claims of the demo world that wait for the vendor's finance, and the balance below which 澜海 is told (domain.md 7.3).

use crate::{at, files, people::Everybody};
use domain::{
    Error,
    access::{CanSetBalanceAlert, CanTopUp},
    top_up::Typed,
};
use store::{
    Access, Store, funds,
    top_ups::{self, NewClaim},
};

/// Day, hour and minute, who, amount, bank, account, note.
type Claim = ((&'static str, i64, i64), &'static str, &'static str, &'static str, &'static str, &'static str);

const CLAIMS: &[Claim] = &[
    (("2026-06-17", 16, 52), "admin@qinghe.example", "350000.00", "招商银行 深圳科技园支行", "7559 1845 2210 7730", "6 月采购款"),
    (("2026-06-18", 10, 36), "finance@lanhai.example", "120000.00", "招商银行 杭州滨江支行", "5719 0823 4600 3318", "流水 20260617009231"),
];

/// Plays them.
pub(crate) async fn create(store: &Store, everybody: &Everybody) -> Result<(), Error> {
    store.clock.stand_at(Some(at("2026-03-02", 10, 12)));
    let clerk: Access<CanSetBalanceAlert> = store.system(everybody.standing("finance@lanhai.example")?).access()?;
    funds::set_alert(&clerk, Some("50000.00")).await?;
    for ((day, hour, minute), who, amount, bank, account_number, note) in CLAIMS {
        store.clock.stand_at(Some(at(day, *hour, *minute)));
        let standing = everybody.standing(who)?;
        let typed = Typed {
            amount: (*amount).to_owned(),
            payer: standing.company.clone(),
            date: (*day).to_owned(),
            bank: (*bank).to_owned(),
            account_number: (*account_number).to_owned(),
            note: (*note).to_owned(),
        };
        let claim = typed.checked(&standing.company, store.clock.now().day())?;
        let paragraphs = vec![format!("付款户名：{}", claim.payer), format!("付款银行：{bank}"), format!("金额：¥{}", claim.amount)];
        let slip = Some(files::keep(store, format!("银行回单 {day}"), paragraphs).await?);
        let access: Access<CanTopUp> = store.system(standing).access()?;
        access.write(None, NewClaim { claim, slip }, |tx, new| Box::pin(top_ups::enter(tx, new))).await?;
    }
    Ok(())
}
