//! From an upload that has come in to a document: read the fields, look at the file, give it its name, write its row. The last two
//! run in a task of their own, so that nobody who hangs up leaves a file without a row.

use super::{
    Server,
    forms::Form,
    uploads::{Kind, Sent, unwritable},
    visit::Context,
};
use domain::{
    Error, Id, Lang,
    access::{CanManageLibrary, Identity, Permission, Program},
    library::{self, Audience, Category, Description, Effective, Format, LINK_MAX, Language, Refusal},
    machine::Keyed,
    text,
};
use intake::documents::{self, FileFormat, Mismatch, clean_file_name};
use kit::call::Done;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use store::{
    Access, Key,
    attachments::known_content,
    files::{Arrived, Name},
    library::{NewDocument, NewFile, NewVersion, create, replace},
};

/// What is to be written.
enum Wanted {
    New(NewDocument),
    Version(NewVersion),
}

/// Makes a document or a version out of an upload.
///
/// # Errors
/// The first thing that is wrong with it.
pub async fn file(context: &Context, access: Access<CanManageLibrary>, kind: Kind, upload: &mut Sent) -> Result<Done, Error> {
    let form = &upload.form;
    let key = form.value("idempotency_key").filter(|key| !key.is_empty()).map(str::parse::<Key>).transpose()?;
    // What is typed is looked at before the file: a title is mended sooner than 200 MB are sent again.
    let about = match kind {
        Kind::New => Some(described(form)?.checked()?),
        Kind::Replace => {
            library::what_changed(form.value("what_changed").unwrap_or_default())?;
            None
        }
    };
    let place = (kind == Kind::Replace).then(|| replaced(form)).transpose()?;
    let (file, arrived) = match (upload.file.take(), form.value("link").filter(|link| !link.is_empty())) {
        (Some(_), Some(_)) => return Err(Error::Invalid { field: "link".to_owned() }),
        (None, Some(link)) => (linked(link)?, None),
        (Some((arrived, name)), None) => {
            let file = looked_at(&arrived, &name).await?;
            (file, Some(arrived))
        }
        (None, None) => return Err(Refusal::FileMissing.into()),
    };
    let wanted = match (about, place) {
        (Some(about), _) => Wanted::New(NewDocument { about, file }),
        (None, Some((document, version))) => Wanted::Version(NewVersion {
            document,
            version,
            file,
            what_changed: form.value("what_changed").unwrap_or_default().to_owned(),
            keep_previous_open: form.value("keep_previous").is_some(),
        }),
        (None, None) => return Err(Error::Broken),
    };
    let (server, lang) = (context.server.clone(), context.asked.lang);
    let writing = tokio::spawn(async move { write(&server, &access, key, wanted, arrived, lang).await });
    writing.await.map_err(|_| Error::Broken)?
}

/// The file gets its name first and its row second: a crash between the two leaves a file that nobody sees, never a row without one.
async fn write(
    server: &Arc<Server>,
    access: &Access<CanManageLibrary>,
    key: Option<Key>,
    wanted: Wanted,
    arrived: Option<Arrived>,
    lang: Lang,
) -> Result<Done, Error> {
    let _turn = server.filing.lock().await;
    let sha256 = arrived.as_ref().map(|arrived| arrived.sha256.clone());
    if let Some(arrived) = arrived {
        server.store.files.keep(arrived).await.map_err(|error| unwritable(&error))?;
    }
    let written = match wanted {
        Wanted::New(new) => create(access, key, new)
            .await
            .map(|id| (id, text("已保存为草稿，发布后伙伴可见。", "Saved as a draft. Partners see it once it is published."))),
        Wanted::Version(new) => {
            let document = new.document;
            replace(access, key, new).await.map(|_| (document, text("已更新到新版本。", "The new version is in place.")))
        }
    };
    match written {
        Ok((document, said)) => Ok(Done::at(format!("/console/library/{document}"), said.at(lang))),
        Err(error) => {
            if let Some(sha256) = sha256 {
                take_back(server, access, &sha256).await;
            }
            Err(error)
        }
    }
}

/// Removes a file that no row names.
pub(super) async fn take_back<P: Permission>(server: &Server, access: &Access<P>, sha256: &str) {
    match known_content(access, sha256).await {
        Ok(false) => {
            if let Err(error) = server.store.files.forget(&Name::content(sha256)).await {
                tracing::warn!(%error, "a file without a row could not be removed");
            }
        }
        Ok(true) => {}
        Err(error) => tracing::warn!(code = error.code(), "a file without a row stays until the next check"),
    }
}

fn described(form: &Form) -> Result<Description, Error> {
    let all = |field: &'static str| {
        let named = form.values.iter().filter(move |(name, value)| name.strip_suffix("[]").unwrap_or(name) == field && !value.is_empty());
        named.map(|(_, value)| value.as_str())
    };
    Ok(Description {
        title: form.value("title").unwrap_or_default().to_owned(),
        summary: form.value("summary").unwrap_or_default().to_owned(),
        category: key::<Category>("category", form.value("category").unwrap_or_default())?,
        language: key::<Language>("language", form.value("language").unwrap_or_default())?,
        audience: Audience {
            identities: all("audience_identity").map(|value| key::<Identity>("audience_identity", value)).collect::<Result<_, _>>()?,
            programs: all("audience_program").map(|value| key::<Program>("audience_program", value)).collect::<Result<_, _>>()?,
        },
        effective: Effective::read(form.value("effective_from").unwrap_or_default(), form.value("effective_until").unwrap_or_default())?,
    })
}

fn key<K: Keyed>(field: &str, value: &str) -> Result<K, Error> {
    K::read(value).ok_or_else(|| Error::Invalid { field: field.to_owned() })
}

fn replaced(form: &Form) -> Result<(Id, i64), Error> {
    let document = form.value("document").ok_or(Error::Malformed)?.parse().map_err(|_| Error::NotFound)?;
    let version = form.value("version").ok_or(Error::Malformed)?;
    let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    let version = version.parse().ok().filter(|_| is_number).ok_or_else(|| Error::Invalid { field: "version".to_owned() })?;
    Ok((document, version))
}

/// Whether the file is what its name claims. Reading all of a text takes a while, so it does not happen on a thread that answers.
pub(super) async fn looked_at(arrived: &Arrived, name: &str) -> Result<NewFile, Error> {
    let file_name = clean_file_name(name);
    let found = FileFormat::from_file_name(&file_name).ok_or(Refusal::TypeMismatch)?;
    let format = Format::read(found.key()).ok_or(Error::Broken)?;
    let path = arrived.path().to_owned();
    let verified = tokio::task::spawn_blocking(move || documents::verify(&path, found)).await.map_err(|_| Error::Broken)?;
    match verified {
        Ok(()) => Ok(NewFile { format, file_name, link: None, size_bytes: arrived.size_bytes, sha256: arrived.sha256.clone() }),
        Err(Mismatch::Empty) => Err(Refusal::Empty.into()),
        Err(Mismatch::TypeMismatch) => Err(Refusal::TypeMismatch.into()),
        Err(Mismatch::Unreadable) => Err(Error::Broken),
    }
}

/// A link entry: a full address of a site, without a name and a password in it, which would only be there to deceive.
fn linked(link: &str) -> Result<NewFile, Error> {
    let link = link.trim();
    let invalid = || Error::from(Refusal::LinkInvalid);
    if link.chars().count() > LINK_MAX || link.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err(invalid());
    }
    // What the notice before other sites would refuse is refused here. The parser forgives `https:/x`; a person means something else.
    let is_full = link.split_once("://").is_some_and(|(_, rest)| !rest.starts_with('/'));
    super::leave::site(link).filter(|_| is_full).ok_or_else(invalid)?;
    let sha256 = hex::encode(Sha256::digest(link.as_bytes()));
    Ok(NewFile { format: Format::Link, file_name: String::new(), link: Some(link.to_owned()), size_bytes: 0, sha256 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_a_full_address_of_a_site() {
        for link in ["https://docs.example/a?b#c", "HTTP://docs.example", "https://例子.example/云", "http://[::1]:8080/"] {
            assert_eq!(linked(link).map(|file| file.link), Ok(Some(link.to_owned())), "{link}");
        }
        for link in [
            "javascript:alert(1)",
            "//docs.example",
            "https://",
            "https:///x",
            "https://user@docs.example",
            "ftp://x",
            "https://a b",
            "https:\\\\x",
        ] {
            assert_eq!(linked(link).map(|file| file.link), Err(Refusal::LinkInvalid.into()), "{link}");
        }
    }
}
