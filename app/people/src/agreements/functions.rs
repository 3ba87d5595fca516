//! What the pages of agreements ask of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]
#![expect(clippy::too_many_arguments, reason = "the fields of one form are the arguments of its function")]

use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use domain::{
    Day, Error, Id, Said,
    access::{CanAcceptAgreements, CanManageAgreements, CanSeeAgreements, Identity, Program},
    agreement::{Draft, Move, Refusal},
    library::Audience,
    machine::Keyed,
    sign_in::own_path,
};
#[cfg(not(target_arch = "wasm32"))]
use kit::sheet;
#[cfg(not(target_arch = "wasm32"))]
use store::{
    Key,
    agreements::{Acceptance, Moved},
};

/// The agreements of the caller's company.
#[server(prefix = "/fn", endpoint = "agreements/list", input = GetUrl, output = Json)]
pub async fn list_agreements() -> Answer<Packed> {
    let access = kit::call::access::<CanSeeAgreements>()?;
    let page = store::agreements::page(&access).await?;
    Ok(sheet::drawn(super::PATH, "", || super::list::shown(page)))
}

/// One of them with its text, in the reader's language.
#[server(prefix = "/fn", endpoint = "agreements/show", input = GetUrl, output = Json)]
pub async fn show_agreement(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanSeeAgreements>()?;
    Ok(Packed::new(store::agreements::show(&access, parse(&id)?, kit::lang()).await?))
}

/// Gives the company's word, and goes on to where its administrator wanted to.
#[server(prefix = "/fn", endpoint = "agreements/accept", input = PostUrl, output = Json)]
pub async fn accept_agreement(
    agreement: String,
    sha256: String,
    #[server(default)] agree: String,
    #[server(default)] next: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanAcceptAgreements>()?;
    let agreement = parse(&agreement)?;
    if agree != "yes" {
        return Err(Error::from(Refusal::NotTicked).into());
    }
    store::agreements::accept(&access, Acceptance { agreement, sha256 }).await?;
    let to = if next.is_empty() { format!("{}/{agreement}", super::PATH) } else { own_path(&next).to_owned() };
    Ok(Done::at(to, super::text::ACCEPTED_NOW.at(kit::lang())))
}

/// All versions, for the vendor.
#[server(prefix = "/fn", endpoint = "agreements/console-list", input = GetUrl, output = Json)]
pub async fn console_agreements() -> Answer<Packed> {
    let access = kit::call::access::<CanManageAgreements>()?;
    let page = store::agreements::console_page(&access).await?;
    Ok(sheet::drawn(super::CONSOLE, "", || super::console_list::shown(page)))
}

/// A version with its text and whoever accepted it.
#[server(prefix = "/fn", endpoint = "agreements/console-show", input = GetUrl, output = Json)]
pub async fn console_agreement(id: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageAgreements>()?;
    Ok(Packed::new(store::agreements::console_show(&access, parse(&id)?).await?))
}

/// The form of a new version; the address names the one it follows.
#[server(prefix = "/fn", endpoint = "agreements/form", input = GetUrl, output = Json)]
pub async fn agreement_form(query: String) -> Answer<Packed> {
    let access = kit::call::access::<CanManageAgreements>()?;
    let of = domain::list::pairs(&query).into_iter().find(|(name, _)| name == "of").and_then(|(_, id)| id.parse().ok());
    Ok(Packed::new(store::agreements::form(&access, of).await?))
}

/// Keeps a version as a draft.
#[server(prefix = "/fn", endpoint = "agreements/draft", input = PostUrl, output = Json)]
pub async fn draft_agreement(
    #[server(default)] idempotency_key: String,
    #[server(default)] key: String,
    #[server(default)] title_zh: String,
    #[server(default)] title_en: String,
    #[server(default)] text_zh: String,
    #[server(default)] text_en: String,
    #[server(default)] audience_identity: Option<Vec<String>>,
    #[server(default)] audience_program: Option<Vec<String>>,
    #[server(default)] mandatory: String,
    #[server(default)] effective: String,
    #[server(default)] until: String,
) -> Answer<Done> {
    let access = kit::call::access::<CanManageAgreements>()?;
    let form_key: Key = idempotency_key.parse()?;
    let until = Some(until.trim()).filter(|until| !until.is_empty());
    let draft = Draft {
        key,
        title: Said { zh: title_zh, en: title_en },
        text: Said { zh: text_zh, en: text_en },
        audience: Audience {
            identities: all::<Identity>("audience_identity", &audience_identity.unwrap_or_default())?,
            programs: all::<Program>("audience_program", &audience_program.unwrap_or_default())?,
        },
        mandatory: match mandatory.as_str() {
            "yes" => true,
            "no" | "" => false,
            _ => return Err(Error::Invalid { field: "mandatory".to_owned() }.into()),
        },
        effective: effective.trim().parse::<Day>().map_err(|_| Error::from(Refusal::DayInvalid))?,
        until: until.map(str::parse::<Day>).transpose().map_err(|_| Error::from(Refusal::UntilInvalid))?,
    };
    let id = store::agreements::create(&access, form_key, draft).await?;
    Ok(Done::at(format!("{}/{id}", super::CONSOLE), super::text::DRAFTED.at(kit::lang())))
}

/// Publishes or discards a draft.
#[server(prefix = "/fn", endpoint = "agreements/step", input = PostUrl, output = Json)]
pub async fn step_agreement(agreement: String, version: String, step: String) -> Answer<Done> {
    let access = kit::call::access::<CanManageAgreements>()?;
    let invalid = |field: &str| Error::Invalid { field: field.to_owned() };
    let step = [Move::Publish, Move::Discard].into_iter().find(|other| other.key() == step).ok_or_else(|| invalid("step"))?;
    let row_version = version.parse().ok().filter(|number| *number > 0).ok_or_else(|| invalid("version"))?;
    let agreement = parse(&agreement)?;
    store::agreements::step(&access, Moved { agreement, row_version, step }).await?;
    Ok(Done::at(format!("{}/{agreement}", super::CONSOLE), super::text::moved(step).at(kit::lang())))
}

#[cfg(not(target_arch = "wasm32"))]
fn parse(id: &str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

#[cfg(not(target_arch = "wasm32"))]
fn all<K: Keyed>(field: &str, keys: &[String]) -> Result<Vec<K>, Error> {
    keys.iter().map(|key| K::read(key).ok_or_else(|| Error::Invalid { field: field.to_owned() })).collect()
}
