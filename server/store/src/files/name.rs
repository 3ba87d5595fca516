//! Names of files. They are made of our own hashes and ids, never of a word from outside.

use domain::Id;

/// The folder of files that are named by their content.
pub(super) const KEPT: &str = "kept";
/// The folder of files of exports.
pub(super) const EXPORTS: &str = "exports";

/// The name of a file: folders and all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Of a file with this SHA-256.
    #[must_use]
    pub fn content(sha256: &str) -> Self {
        let digits: String = sha256.chars().filter(char::is_ascii_hexdigit).collect();
        let folder: String = digits.chars().take(2).collect();
        Self(format!("{KEPT}/{folder}/{digits}"))
    }

    /// Of an export's file: the task's id, because it goes when the task expires, whatever else has the same content.
    #[must_use]
    pub fn export(task: Id) -> Self {
        Self(format!("{EXPORTS}/{task}"))
    }

    /// Reads a name as it stands in a list of files. None when we would have given no file this name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (folder, rest) = text.split_once('/')?;
        let name = match folder {
            KEPT => Self::content(rest.split_once('/')?.1),
            EXPORTS => Self::export(rest.parse().ok()?),
            _ => return None,
        };
        (name.0 == text).then_some(name)
    }

    /// The SHA-256 of a file that is named by its content.
    #[must_use]
    pub fn sha256(&self) -> Option<&str> {
        self.0.strip_prefix(KEPT)?.rsplit_once('/').map(|(_, sha256)| sha256)
    }

    /// The task of an export's file.
    #[must_use]
    pub fn task(&self) -> Option<Id> {
        self.0.strip_prefix(EXPORTS)?.strip_prefix('/')?.parse().ok()
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_outside_leads_nowhere_else() {
        assert_eq!(Name::content("../../etc/passwd").as_str(), "kept/ec/ecad");
        for text in ["kept/ab/ac12", "kept/../etc", "kept/ab/../ab", "exports/../x", "arriving/x", "kept", "demo-world", "/etc/passwd"] {
            assert_eq!(Name::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_is_read_as_it_was_written() {
        for name in [Name::content("ab12"), Name::export(Id(7))] {
            assert_eq!(Name::read(name.as_str()), Some(name));
        }
        assert_eq!(Name::content("ab12").sha256(), Some("ab12"));
        assert_eq!(Name::export(Id(7)).task(), Some(Id(7)));
        assert_eq!((Name::content("ab12").task(), Name::export(Id(7)).sha256()), (None, None));
    }
}
