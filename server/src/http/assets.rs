//! The site folder, read once at start: a server that runs does not notice when the folder is built anew, so a page never names a
//! file that has gone. What is served is a table of names; no path from outside ever reaches the disk.

use super::answer::{self, Asked};
use axum::{
    body::Body,
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use domain::Error;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

/// All files of a site in memory. Sixty pages take about 6 MB with their compressed copies; more than this is not a site folder.
const SITE_MAX_BYTES: usize = 128 * 1024 * 1024;
/// Files that are named after their content never change.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The others are asked for again each time, and answered with 304.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// What `assets.json` says.
#[derive(Debug, Default, Deserialize)]
pub struct Names {
    /// The style sheet.
    pub css: String,
    /// The second style sheet.
    pub more_css: String,
    /// The script that starts the main module.
    pub js: String,
    /// The script that fetches the chunks of a page.
    pub split: String,
    /// The main module.
    pub wasm: String,
    /// The hashed copies of the files in `public/`, by their path there.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// The chunks of a lazy page, by the name the framework gives its view.
    #[serde(default)]
    pub chunks: BTreeMap<String, Vec<String>>,
}

/// A file with its compressed copies.
#[derive(Debug)]
struct Asset {
    media_type: HeaderValue,
    sha256: String,
    cache: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// The site.
#[derive(Debug, Default)]
pub struct Assets {
    /// The names of this build.
    pub names: Names,
    files: HashMap<String, Asset>,
}

impl Assets {
    /// Reads the folder that `make site` fills.
    ///
    /// # Errors
    /// One sentence that says what is missing and what to do.
    pub fn read(root: &Path) -> Result<Self, String> {
        let missing = |what: &str| format!("PC_SITE_ROOT is {:?}, where {what}; run `make site` to build it", root.display().to_string());
        let text = std::fs::read_to_string(root.join("assets.json")).map_err(|_| missing("there is no assets.json"))?;
        let names: Names = serde_json::from_str(&text).map_err(|_| missing("assets.json cannot be read"))?;
        let mut assets = Self { names, files: HashMap::new() };
        let (mut left, mut paths) = (SITE_MAX_BYTES, hashed(root)?);
        paths.extend(assets.names.files.keys().map(|path| (format!("/{path}"), ASK_AGAIN)));
        for (path, cache) in paths {
            let file = root.join(path.trim_start_matches('/'));
            let read = |suffix: &str| std::fs::read(with_suffix(&file, suffix)).ok().map(Bytes::from);
            let plain = std::fs::read(&file).map_err(|_| missing(&format!("{path} is missing")))?;
            let (brotli, gzip) = (read(".br"), read(".gz"));
            left = left.checked_sub(plain.len()).ok_or_else(|| missing("more than 128 MB are"))?;
            let asset = Asset {
                media_type: media_type(&path),
                sha256: hex::encode(Sha256::digest(&plain)),
                cache,
                plain: plain.into(),
                brotli,
                gzip,
            };
            assets.files.insert(path, asset);
        }
        Ok(assets)
    }

    /// The address of the icon sprite.
    #[must_use]
    pub fn icons(&self) -> String {
        self.hashed("icons.svg")
    }

    /// The address at which a file of `public/` may be kept for ever; its own where the site has no hashed copies.
    #[must_use]
    pub fn hashed(&self, file: &str) -> String {
        self.names.files.get(file).cloned().unwrap_or_else(|| format!("/{file}"))
    }

    /// A file of the site, if the path is one.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Answers a request for a file.
    #[must_use]
    pub fn answer(&self, path: &str, headers: &HeaderMap, asked: &Asked) -> Response {
        let Some(asset) = self.files.get(path) else { return answer::refuse(asked, &Error::NotFound) };
        let (encoding, body) = asset.encoded(headers);
        let tag = asset.tag(encoding);
        let mut response = if super::range::names_tag(headers, IF_NONE_MATCH, &tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(body))
        };
        let out = response.headers_mut();
        out.insert(CONTENT_TYPE, asset.media_type.clone());
        out.insert(CACHE_CONTROL, asset.cache.clone());
        out.insert(ETAG, tag);
        out.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(encoding) = encoding {
            out.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

impl Asset {
    /// A strong tag names bytes, so each encoding has its own.
    fn tag(&self, encoding: Option<&str>) -> HeaderValue {
        // A quarter of the checksum tells two files of a site apart all the same.
        let tag = format!(
            "\"{}{}\"",
            self.sha256.get(..16).unwrap_or(&self.sha256),
            encoding.map(|encoding| format!("-{encoding}")).unwrap_or_default()
        );
        HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""))
    }

    fn encoded(&self, headers: &HeaderMap) -> (Option<&'static str>, Bytes) {
        let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match (&self.brotli, &self.gzip) {
            (Some(body), _) if accepts(accepted, "br") => (Some("br"), body.clone()),
            (_, Some(body)) if accepts(accepted, "gzip") => (Some("gzip"), body.clone()),
            _ => (None, self.plain.clone()),
        }
    }
}

/// Whether an encoding is accepted and not ruled out by `q=0`.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut part = part.split(';').map(str::trim);
        let named = part.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        named && !part.any(|parameter| matches!(parameter, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// The files below `pkg/`, without their compressed copies.
fn hashed(root: &Path) -> Result<Vec<(String, HeaderValue)>, String> {
    let folder = root.join("pkg");
    let entries = std::fs::read_dir(&folder).map_err(|_| format!("{} is missing; run `make site` to build it", folder.display()))?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let own = names.filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"));
    Ok(own.map(|name| (format!("/pkg/{name}"), FOR_EVER)).collect())
}

fn with_suffix(file: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn media_type(path: &str) -> HeaderValue {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    HeaderValue::from_static(match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_counts_when_it_is_named_and_not_ruled_out() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("", "br"));
        assert!(!accepts("brotli", "br"));
    }

    #[test]
    fn a_missing_folder_says_what_to_do() {
        let said = Assets::read(Path::new("/nowhere/at/all")).expect_err("no such folder");
        assert!(said.contains("PC_SITE_ROOT") && said.contains("make site"), "{said}");
    }
}
