//! The routes: one row per page. Every page is a chunk of its own and is drawn in one piece.

use crate::{console_home::ConsoleHomePage, deadlines::DeadlinesPage, help::HelpPage, home::HomePage, join::JoinPage, search::SearchPage};
use finance::{
    bank_accounts::{BankAccounts, ChangeAccountPage},
    bills::{
        console_bill::ConsoleBillPage, console_list::ConsoleBills, customers::BillCustomers, lines::BillLines, page::BillPage,
        pay::PayBillPage,
    },
    exports::records::{ConsoleExportRecords, ExportRecords},
    funds::list::FundsList,
    invoices::{
        ChangeInformationPage, ConsoleInformation, ConsoleInvoicePage, ConsoleReviewPage, InformationPage, InvoiceDetailPage,
        NewInformationPage, NewInvoicePage, NewTitlePage, console_list::ConsoleInvoices, list::Invoices,
    },
    top_ups::{ClaimPage, ConsoleTopUpPage, console_list::ConsoleTopUps, list::TopUps},
    withdrawals::{
        ConsoleWithdrawalPage, NewWithdrawalPage, WithdrawalDetailPage, WithdrawalReceiptPage, console_list::ConsoleWithdrawals,
        list::Withdrawals,
    },
};
use gallery::Gallery;
use kit::{
    Stopped,
    act::Said,
    browser::{self, carried_visit},
    call::Fault,
    page::Toasts,
    pages::{PageRow, find, page, page_with_draft, pages},
    visit::Visit,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::Router,
    hooks::{use_location, use_navigate},
};
use people::{
    agreements::{
        console_detail::ConsoleAgreementPage, console_form::ConsoleAgreementForm, console_list::ConsoleAgreementList,
        detail::AgreementDetailPage, list::Agreements,
    },
    audit::log::{AuditLog, ConsoleAuditLog},
    company::programs::ProgramsPage,
    messages::{centre::MessageCentre, settings::NotificationSettings},
    operations::page::ConsoleOperations,
    security::account::AccountPage,
    sign_in::page::SignInPage,
};
use support::{
    index::{SalesIndex, SupportIndex},
    leave::LeavePage,
    library::{
        console_as_partner::ConsoleAsPartner,
        console_detail::ConsoleDocument,
        console_downloads::ConsoleDownloads,
        console_form::{ConsoleEdit, ConsoleReplace, ConsoleUpload},
        console_list::ConsoleLibrary,
        console_step::ConsoleStep,
        detail::LibraryDetail,
        list::LibraryList,
        preview::PreviewPage,
    },
    sites::console::ConsoleSites,
};

/// The part of a document that the browser takes over: the pages. What surrounds them never changes and is the server's alone.
#[component]
pub fn App() -> impl IntoView {
    let visit = use_context::<Visit>().or_else(carried_visit).unwrap_or_default();
    provide_context(StoredValue::new(visit));
    provide_context(Said(RwSignal::new(None)));
    view! { <Router>{inside()}</Router> }
}

fn inside() -> AnyView {
    attend();
    view! { {pages(PAGES, missing)}<Toasts/> }.into_any()
}

/// Keys of the whole page, a bell that looks by itself, and a frame that follows when another page is there. All are comforts of script.
fn attend() {
    let (location, navigate) = (use_location(), use_navigate());
    let Some(said) = use_context::<Said>() else { return };
    Effect::new(move |before: Option<String>| {
        let (path, search) = (location.pathname.get(), location.search.get());
        match before {
            None => {
                browser::listen_to_keys();
                browser::watch_unread();
                let navigate = navigate.clone();
                let sent = navigate.clone();
                kit::sending::listen(said, move |address| sent(address, NavigateOptions { resolve: false, ..Default::default() }));
                kit::overlay::listen();
                kit::apply::listen(move |address, replace| {
                    navigate(address, NavigateOptions { resolve: false, scroll: false, replace, ..Default::default() });
                });
            }
            Some(before) => {
                // Filters stay open while somebody chooses: that is another question, not another page.
                if before != path {
                    browser::close_menus();
                }
                browser::follow(&path, &search);
                // After what the reader waits for.
                browser::later(1, browser::look_for_unread);
            }
        }
        path
    });
}

/// An address without a page; making the fault sets the status.
fn missing() -> AnyView {
    view! { <Stopped fault=Fault::no_page()/> }.into_any()
}

/// What is typed into the form of this page is kept while it is typed.
#[must_use]
pub fn has_draft(path: &str) -> bool {
    find(PAGES, path).is_some_and(|row| row.has_draft)
}

/// The pages. The first row that fits an address is its page.
pub static PAGES: &[PageRow] = &[
    page::<HomePage>("/"),
    page::<SignInPage>("/sign-in"),
    page::<JoinPage>("/join"),
    page::<HelpPage>("/help"),
    page::<AccountPage>("/account"),
    page::<NotificationSettings>("/account/notifications"),
    page::<ProgramsPage>("/account/programs"),
    page::<Agreements>("/agreements"),
    page::<AgreementDetailPage>("/agreements/:id"),
    page::<AuditLog>("/audit"),
    page::<DeadlinesPage>("/deadlines"),
    page::<MessageCentre>("/messages"),
    page::<LeavePage>("/leave"),
    page::<SalesIndex>("/sales"),
    page::<BillPage>("/sales/bill"),
    page::<BillCustomers>("/sales/bill/customers"),
    page::<BillLines>("/sales/bill/lines"),
    page::<PayBillPage>("/sales/bill/pay"),
    page::<ExportRecords>("/sales/exports"),
    page::<FundsList>("/sales/funds"),
    page::<BankAccounts>("/sales/funds/accounts"),
    page::<ChangeAccountPage>("/sales/funds/accounts/change"),
    page::<TopUps>("/sales/funds/top-ups"),
    page::<ClaimPage>("/sales/funds/top-ups/new"),
    page::<Withdrawals>("/sales/funds/withdrawals"),
    page::<NewWithdrawalPage>("/sales/funds/withdrawals/new"),
    page::<WithdrawalDetailPage>("/sales/funds/withdrawals/:id"),
    page::<WithdrawalReceiptPage>("/sales/funds/withdrawals/:id/receipt"),
    page::<Invoices>("/sales/invoices"),
    page::<NewInvoicePage>("/sales/invoices/new"),
    page::<InformationPage>("/sales/invoices/information"),
    page::<NewInformationPage>("/sales/invoices/information/new"),
    page::<NewTitlePage>("/sales/invoices/information/title"),
    page::<ChangeInformationPage>("/sales/invoices/information/:id"),
    page::<InvoiceDetailPage>("/sales/invoices/:id"),
    page::<SupportIndex>("/support"),
    page::<LibraryList>("/support/library"),
    page::<LibraryDetail>("/support/library/:id"),
    page::<PreviewPage>("/support/library/:id/preview"),
    page::<Gallery>("/kit"),
    page::<SearchPage>("/search"),
    page::<ConsoleHomePage>("/console"),
    page::<ConsoleAgreementList>("/console/agreements"),
    page_with_draft::<ConsoleAgreementForm>("/console/agreements/new"),
    page::<ConsoleAgreementPage>("/console/agreements/:id"),
    page::<ConsoleAuditLog>("/console/audit"),
    page::<ConsoleBills>("/console/bills"),
    page::<ConsoleBillPage>("/console/bills/:id"),
    page::<ConsoleDownloads>("/console/downloads"),
    page::<ConsoleExportRecords>("/console/exports"),
    page::<ConsoleLibrary>("/console/library"),
    page_with_draft::<ConsoleUpload>("/console/library/new"),
    page::<ConsoleDocument>("/console/library/:id"),
    page_with_draft::<ConsoleEdit>("/console/library/:id/edit"),
    page_with_draft::<ConsoleReplace>("/console/library/:id/replace"),
    page::<PreviewPage>("/console/library/:id/preview"),
    page::<ConsoleAsPartner>("/console/library/:id/as-partner"),
    page::<ConsoleStep>("/console/library/:id/:step"),
    page::<ConsoleSites>("/console/sites"),
    page::<ConsoleTopUps>("/console/top-ups"),
    page::<ConsoleTopUpPage>("/console/top-ups/:id"),
    page::<ConsoleWithdrawals>("/console/withdrawals"),
    page::<ConsoleWithdrawalPage>("/console/withdrawals/:id"),
    page::<ConsoleInvoices>("/console/invoices"),
    page::<ConsoleInformation>("/console/invoices/information"),
    page::<ConsoleReviewPage>("/console/invoices/information/:id"),
    page::<ConsoleInvoicePage>("/console/invoices/:id"),
    page::<ConsoleOperations>("/console/operations"),
];
