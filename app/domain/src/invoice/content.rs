//! What stands on an invoice: its fields, which of them are needed, and the check digit of a tax number.

use super::{InvoiceKind, LINE_MAX, Medium, NUMBER_MAX, Refusal, TITLE_MAX, TitleType};
use crate::{
    error::Error,
    machine::Keyed as _,
    withdrawal::{is_masked, written},
};
use serde::{Deserialize, Serialize};

/// The signs of a unified social credit code; the place of each is its value.
const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A form as it was typed. The names are those of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The key of the title type.
    pub title_type: String,
    /// The title.
    pub title: String,
    /// The key of the kind.
    pub kind: String,
    /// The tax number.
    pub tax_no: String,
    /// The bank.
    pub bank: String,
    /// The account at the bank.
    pub account: String,
    /// The registered address.
    pub address: String,
    /// The phone number.
    pub phone: String,
    /// The key of the medium.
    pub medium: String,
    /// Where the invoice goes: an e-mail address, or a postal one.
    pub recipient: String,
}

/// What stands on an invoice and where it goes. Requests keep a copy of it as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Whose title it is.
    pub title_type: TitleType,
    /// The title.
    pub title: String,
    /// What kind of invoice.
    pub kind: InvoiceKind,
    /// The tax number.
    pub tax_no: String,
    /// The bank.
    pub bank: String,
    /// The account at the bank.
    pub account: String,
    /// The registered address.
    pub address: String,
    /// The phone number.
    pub phone: String,
    /// On what it comes.
    pub medium: Medium,
    /// Where it goes.
    pub recipient: String,
}

/// The title types that an account is offered: an individual's only as long as no company stands behind it.
#[must_use]
pub const fn only_enterprise_titles(is_authenticated: bool) -> &'static [TitleType] {
    if is_authenticated { &[TitleType::Enterprise, TitleType::Organization] } else { TitleType::ALL }
}

impl Typed {
    /// The fields by their rules. `titles` are those that the account may use; none of them leaves the title free.
    ///
    /// # Errors
    /// The first field that breaks its rule.
    pub fn checked(&self, titles: &[&str]) -> Result<Content, Error> {
        let invalid = |field: &str| Error::Invalid { field: field.to_owned() };
        let title_type = TitleType::read(&self.title_type).ok_or_else(|| invalid("title_type"))?;
        let kind = InvoiceKind::read(&self.kind).ok_or_else(|| invalid("kind"))?;
        let medium = Medium::read(&self.medium).ok_or_else(|| invalid("medium"))?;
        if !only_enterprise_titles(!titles.is_empty()).contains(&title_type) {
            return Err(Refusal::TitleTypeInvalid.into());
        }
        let title = line(&self.title, TITLE_MAX).ok_or(Refusal::TitleMissing { most: TITLE_MAX })?;
        if let (Some(first), false) = (titles.first(), titles.contains(&title.as_str())) {
            return Err(Refusal::TitleFixed { title: (*first).to_owned() }.into());
        }
        if kind == InvoiceKind::Special && title_type != TitleType::Enterprise {
            return Err(Refusal::SpecialForEnterprise.into());
        }
        let tax_no = tax_number(&self.tax_no, title_type).ok_or(Refusal::TaxNoInvalid)?;
        let needed = kind == InvoiceKind::Special;
        Ok(Content {
            title_type,
            title,
            kind,
            tax_no,
            bank: part(&self.bank, needed, |text| line(text, LINE_MAX)).ok_or(Refusal::BankMissing { most: LINE_MAX })?,
            account: part(&self.account, needed, account).ok_or(Refusal::AccountInvalid { most: NUMBER_MAX })?,
            address: part(&self.address, needed, |text| line(text, LINE_MAX)).ok_or(Refusal::AddressMissing { most: LINE_MAX })?,
            phone: part(&self.phone, needed, phone).ok_or(Refusal::PhoneInvalid)?,
            medium,
            recipient: recipient(&self.recipient, medium)?,
        })
    }
}

impl Content {
    /// The number of the account cannot be opened at the moment; its last digits are there.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        is_masked(&self.account)
    }

    /// The form that it would be typed into again.
    #[must_use]
    pub fn typed(&self) -> Typed {
        let Self { title, tax_no, bank, account, address, phone, recipient, .. } = self.clone();
        let [title_type, kind, medium] = [self.title_type.key(), self.kind.key(), self.medium.key()].map(str::to_owned);
        Typed { title_type, title, kind, tax_no, bank, account, address, phone, medium, recipient }
    }
}

/// A line of text that is not empty.
fn line(typed: &str, most: usize) -> Option<String> {
    written(&typed.replace('\n', " "), most).filter(|text| !text.is_empty())
}

/// A field that may stay empty unless it is needed.
fn part(typed: &str, needed: bool, rule: impl Fn(&str) -> Option<String>) -> Option<String> {
    if typed.trim().is_empty() && !needed { Some(String::new()) } else { rule(typed) }
}

fn account(typed: &str) -> Option<String> {
    let plain: String = typed.trim().chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    (!plain.is_empty() && plain.len() <= NUMBER_MAX && plain.chars().all(|c| c.is_ascii_alphanumeric())).then_some(plain)
}

fn phone(typed: &str) -> Option<String> {
    let plain = typed.trim();
    let good = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ');
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    ((5..=20).contains(&digits) && plain.len() <= NUMBER_MAX && plain.chars().all(good)).then(|| plain.to_owned())
}

fn recipient(typed: &str, medium: Medium) -> Result<String, Refusal> {
    let text = line(typed, LINE_MAX);
    if medium == Medium::Paper {
        return text.ok_or(Refusal::PostMissing { most: LINE_MAX });
    }
    let is_mail = |text: &String| {
        let name_and_host = text.split_once('@').filter(|(name, host)| !name.is_empty() && !host.contains('@'));
        let has_dot = name_and_host.is_some_and(|(_, host)| host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty()));
        has_dot && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | ',' | ';'))
    };
    text.filter(is_mail).ok_or(Refusal::MailInvalid)
}

/// A tax number in capitals; individuals need none.
fn tax_number(typed: &str, title_type: TitleType) -> Option<String> {
    let plain = typed.trim().to_ascii_uppercase();
    (is_tax_number(&plain) || (plain.is_empty() && title_type == TitleType::Individual)).then_some(plain)
}

/// It is a tax number: 15, 18 or 20 capitals and digits, and one of 18 has the right check digit.
#[must_use]
pub fn is_tax_number(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    match text.len() {
        15 | 20 => plain,
        18 => plain && has_check_digit(text.as_bytes()),
        _ => false,
    }
}

/// Weights are the powers of 3 modulo 31; the last sign makes the weighted sum a multiple of 31.
fn has_check_digit(code: &[u8]) -> bool {
    let value = |sign: &u8| ALPHABET.iter().position(|other| other == sign);
    let Some((last, signs)) = code.split_last() else { return false };
    let sum = signs.iter().try_fold((0, 1), |(sum, weight), sign| Some(((sum + value(sign)? * weight) % 31, weight * 3 % 31)));
    sum.is_some_and(|(sum, _)| value(last) == Some((31 - sum) % 31))
}
