//! Requests and information as pages show them.

use super::{
    By, Content, InformationState, InvoiceKind, Invoiceable, Medium, QueueTab, ReviewKind, ReviewState, ReviewTab, State, Step, Tab, Typed,
};
use crate::{
    attachment::Attachment,
    bills::Period,
    id::Id,
    list::Asked,
    money::Money,
    time::{Day, Moment},
    views::Setup,
};
use serde::{Deserialize, Serialize};

/// A request in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceRow {
    /// The request.
    pub id: Id,
    /// Its version, for the next step.
    pub version: i64,
    /// The number people quote.
    pub number: String,
    /// Whose it is: the company's short name.
    pub partner: String,
    /// What it names.
    pub by: By,
    /// The first of its periods.
    pub first: Period,
    /// The last of them.
    pub last: Period,
    /// How much.
    pub amount: Money,
    /// The tax inside that.
    pub tax: Money,
    /// The title.
    pub title: String,
    /// What kind of invoice.
    pub kind: InvoiceKind,
    /// On what it comes.
    pub medium: Medium,
    /// When it was asked for.
    pub at: Moment,
    /// By whom.
    pub person: String,
    /// Its state.
    pub state: State,
    /// Until when finance has done its part.
    pub due: Moment,
    /// When it came to its state.
    pub moved: Moment,
    /// The number of the invoice.
    pub invoice: String,
    /// The number that the courier gave.
    pub courier: String,
    /// Why it was rejected or is given back.
    pub reason: String,
}

/// `/sales/invoices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoicePage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<InvoiceRow>,
    /// All that match.
    pub total: i64,
    /// How many are in each state, whatever the state filter.
    pub counts: Vec<(State, i64)>,
    /// Business day.
    pub today: Day,
    /// Columns, density and the menus above the list.
    pub setup: Setup,
    /// What can be invoiced and what is owed, drawn by the server.
    pub card: crate::Drawn,
}

/// An invoice that is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwedRow {
    /// Its number.
    pub number: String,
    /// Since when.
    pub since: Moment,
    /// How much of it is owed.
    pub amount: Money,
}

/// Something that happened to a request. Without a step it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// The step; none is the beginning.
    pub step: Option<Step>,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// What was said.
    pub note: String,
}

/// A request as its partner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceDetail {
    /// The request.
    pub row: InvoiceRow,
    /// What stands on the invoice, as it was when it was asked for.
    pub content: Content,
    /// Which version of the information that was.
    pub content_version: i64,
    /// Periods and amounts.
    pub parts: Vec<(Period, Money)>,
    /// The contracting entity that issues it.
    pub entity: String,
    /// The invoice itself, once it was issued with its file.
    pub file: Option<Attachment>,
    /// What happened, oldest first.
    pub events: Vec<Happened>,
    /// The key of the next form.
    pub key: Id,
}

/// A request as the vendor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleInvoice {
    /// What the partner sees.
    pub detail: InvoiceDetail,
    /// The company's full name.
    pub company: String,
    /// Its tax number.
    pub tax_no: String,
    /// What it has besides, and what it owes.
    pub invoiceable: Invoiceable,
}

/// `/console/invoices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceQueuePage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<InvoiceRow>,
    /// All that match.
    pub total: i64,
    /// How many stand in each tab, whatever the tab.
    pub counts: Vec<(QueueTab, i64)>,
    /// The sum of what is to be issued.
    pub waiting: Money,
    /// By the business clock.
    pub now: Moment,
    /// Columns, density and the menus above the list.
    pub setup: Setup,
}

/// The form of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceForm {
    /// The key of the form.
    pub key: Id,
    /// What can be invoiced.
    pub invoiceable: Invoiceable,
    /// Valid information to choose from.
    pub information: Vec<InformationRow>,
    /// The request that is made again, and its number.
    pub again: Option<(Id, String)>,
    /// The key of what the request names at first.
    pub by: String,
    /// The period that is chosen at first.
    pub period: String,
    /// The amount that stands there at first.
    pub amount: String,
    /// Until when an invoice of today is issued.
    pub due: Day,
}

/// An invoice information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationRow {
    /// It.
    pub id: Id,
    /// Its version.
    pub version: i64,
    /// For invoices of whom.
    pub tab: Tab,
    /// What stands on the invoice.
    pub content: Content,
    /// Its state.
    pub state: InformationState,
    /// It is older than the rule of one.
    pub is_legacy: bool,
    /// Since when.
    pub at: Moment,
    /// When somebody of the company changed it last.
    pub changed: Option<Moment>,
}

/// `/sales/invoices/information`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationPage {
    /// Which tab.
    pub tab: Tab,
    /// Its information, those that are not void.
    pub rows: Vec<InformationRow>,
    /// How many each tab holds.
    pub counts: Vec<(Tab, i64)>,
    /// The real-name company.
    pub company: String,
    /// It passed real-name authentication.
    pub is_authenticated: bool,
    /// One more can be made: none is valid yet.
    pub may_add: bool,
    /// A title that support granted and that is not used yet: one more can be made with it.
    pub granted: Option<String>,
    /// What support was asked for, newest first.
    pub reviews: Vec<ReviewRow>,
    /// The key of the next form.
    pub key: Id,
}

/// A version of an information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    /// Its number.
    pub no: i64,
    /// What stood on the invoice.
    pub content: Content,
    /// When it was made.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// The form of an information: a new one, or a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationForm {
    /// The key of the form.
    pub key: Id,
    /// For invoices of whom.
    pub tab: Tab,
    /// The information that is changed.
    pub row: Option<InformationRow>,
    /// What stands in the fields at first.
    pub typed: Typed,
    /// Titles that the account may use; none leaves the title free.
    pub titles: Vec<String>,
    /// From when on it can be changed without support; none is now.
    pub free_from: Option<Day>,
    /// Its versions, newest first.
    pub versions: Vec<VersionRow>,
}

/// The form for a further title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleForm {
    /// The key of the form.
    pub key: Id,
    /// For invoices of whom.
    pub tab: Tab,
    /// The real-name company.
    pub company: String,
}

/// What support is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRow {
    /// It.
    pub id: Id,
    /// Its version.
    pub version: i64,
    /// What it is.
    pub kind: ReviewKind,
    /// For invoices of whom.
    pub tab: Tab,
    /// Whose it is: the company's short name.
    pub partner: String,
    /// The title.
    pub title: String,
    /// Its state.
    pub state: ReviewState,
    /// When it was handed in.
    pub at: Moment,
    /// By whom.
    pub person: String,
    /// Until when support decides.
    pub due: Moment,
    /// Why it is asked for.
    pub reason: String,
    /// What support said.
    pub note: String,
}

/// `/console/invoices/information`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<ReviewRow>,
    /// All that match.
    pub total: i64,
    /// How many stand in each tab, whatever the tab.
    pub counts: Vec<(ReviewTab, i64)>,
    /// By the business clock.
    pub now: Moment,
}

/// What support decides about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// It.
    pub row: ReviewRow,
    /// The company's full name.
    pub company: String,
    /// The tax number that is asked for.
    pub tax_no: String,
    /// What an information is now, and what it would be.
    pub change: Option<(Content, Content)>,
    /// The proof that was sent along.
    pub evidence: Option<Attachment>,
    /// Information that the company has.
    pub information: Vec<InformationRow>,
    /// Who decided, and when.
    pub decided: Option<(String, Moment)>,
    /// The key of the next form.
    pub key: Id,
}
