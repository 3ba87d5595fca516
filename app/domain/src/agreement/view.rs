//! Agreements as pages show them.

use super::{Draft, Stage, State};
use crate::{
    id::Id,
    library::Audience,
    text::Said,
    time::{Day, Moment},
};
use serde::{Deserialize, Serialize};

/// A company's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The person.
    pub person: String,
    /// When.
    pub at: Moment,
    /// From which network address.
    pub address: String,
    /// SHA-256 of what was accepted.
    pub sha256: String,
}

/// An agreement in a company's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementRow {
    /// The version.
    pub id: Id,
    /// Title.
    pub title: Said,
    /// Its number.
    pub version: i64,
    /// Nothing else can be done before it is accepted.
    pub mandatory: bool,
    /// Where the company stands.
    pub state: State,
    /// From which day on it holds.
    pub effective: Day,
    /// The last day to accept it.
    pub until: Option<Day>,
    /// Who accepted it.
    pub accepted: Option<Accepted>,
}

/// A company's agreements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementPage {
    /// What waits first, then the newest.
    pub rows: Vec<AgreementRow>,
}

/// An agreement with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementDetail {
    /// What the list says of it.
    pub row: AgreementRow,
    /// The text in the reader's language, by paragraphs.
    pub text: Vec<String>,
    /// SHA-256 of what is accepted.
    pub sha256: String,
    /// It keeps the company from everything else now.
    pub blocks: bool,
    /// The reader may accept it.
    pub may_accept: bool,
    /// Who may.
    pub administrators: Vec<String>,
    /// The version that replaced it.
    pub newer: Option<Id>,
}

/// A version in the vendor's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleRow {
    /// The version.
    pub id: Id,
    /// The version of its row, for the next step.
    pub row_version: i64,
    /// Which agreement.
    pub key: String,
    /// Its number.
    pub version: i64,
    /// Title.
    pub title: Said,
    /// Where it is.
    pub stage: Stage,
    /// Whom it is for.
    pub audience: Audience,
    /// Nothing else can be done before it is accepted.
    pub mandatory: bool,
    /// From which day on it holds.
    pub effective: Day,
    /// The last day to accept it.
    pub until: Option<Day>,
    /// Companies that accepted it.
    pub accepted: i64,
    /// When it was published, and by whom.
    pub published: Option<(Moment, String)>,
}

/// All versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsolePage {
    /// The newest first.
    pub rows: Vec<ConsoleRow>,
}

/// A company and a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptanceRow {
    /// The company's number.
    pub number: String,
    /// Its name.
    pub partner: String,
    /// Where it stands.
    pub state: State,
    /// Who accepted it.
    pub accepted: Option<Accepted>,
}

/// A version as the vendor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleDetail {
    /// What the list says of it.
    pub row: ConsoleRow,
    /// The text of both languages, by paragraphs.
    pub text: (Vec<String>, Vec<String>),
    /// SHA-256 of what is accepted.
    pub sha256: String,
    /// The companies it is for, those that have not accepted first.
    pub partners: Vec<AcceptanceRow>,
}

/// What stands in the form of a new version at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormStart {
    /// The key of the form.
    pub key: Id,
    /// Today.
    pub today: Day,
    /// The version it follows.
    pub of: Option<Draft>,
}
