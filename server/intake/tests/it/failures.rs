//! The closed list of failures.

use std::collections::HashSet;

use intake::documents::{Failure, FileFormat};

use crate::make::read;

#[test]
fn every_failure_has_a_key_of_its_own_that_leads_back_to_it() {
    let keys: HashSet<&str> = Failure::ALL.into_iter().map(Failure::key).collect();
    assert_eq!(keys.len(), Failure::ALL.len());
    for failure in Failure::ALL {
        assert_eq!(Failure::from_key(failure.key()), Some(failure));
        assert_eq!(serde_json::to_string(&failure).unwrap(), format!("\"{}\"", failure.key()));
    }
}

#[test]
fn every_failure_has_a_sentence_in_both_languages() {
    for failure in Failure::ALL {
        assert!(failure.zh().ends_with('。') && !failure.zh().is_ascii(), "{}", failure.key());
        assert!(failure.en().ends_with('.') && failure.en().is_ascii(), "{}", failure.key());
    }
}

#[test]
fn films_and_pictures_have_no_text() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0\0\0\0\x01IDATx\0\0\0\0\0\0\0\0IEND\0\0\0\0";
    assert_eq!(read(png, FileFormat::Png), Err(Failure::NoText));
    assert!(FileFormat::ALL.into_iter().filter(|format| !format.has_text()).eq([FileFormat::Mp4, FileFormat::Png]));
}
