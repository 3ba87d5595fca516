//! What stands for a customer whom not everybody may read (domain.md 4.7).

/// How much of what is masked a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Head and tail.
    Masked,
    /// All of it: the reader has opened the eye, and the log says so.
    Whole,
}

impl Names {
    /// A company as it is shown.
    #[must_use]
    pub fn company(self, name: &str) -> String {
        match self {
            Self::Masked => masked_company(name),
            Self::Whole => name.to_owned(),
        }
    }
}

/// A company: two characters, two stars, the tail.
#[must_use]
pub fn masked_company(name: &str) -> String {
    let count = name.chars().count();
    let (head, tail) = match count {
        0 => return String::new(),
        1..=3 => (1, 0),
        4..=6 => (1, 1),
        _ => (2, 4.min(count - 4)),
    };
    let first: String = name.chars().take(head).collect();
    let last: String = name.chars().skip(count - tail).collect();
    format!("{first}**{last}")
}

/// An account: two characters, four stars, the tail.
#[must_use]
pub fn masked_account(account: &str) -> String {
    let count = account.chars().count();
    let (head, tail) = if count < 8 { (1, 1.min(count.saturating_sub(1))) } else { (2, 5.min(count - 4)) };
    let first: String = account.chars().take(head).collect();
    let last: String = account.chars().skip(count - tail.min(count)).collect();
    format!("{first}****{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reads_a_whole_name() {
        assert_eq!(masked_company("杭州云栖精密零部件有限公司"), "杭州**有限公司");
        assert_eq!(masked_company("Atlas Nimbus"), "At**mbus");
        assert_eq!([masked_company("云"), masked_company("海宁皮革"), masked_company("")], ["云**", "海**革", ""]);
        assert_eq!(masked_account("zjprecisionparts"), "zj****parts");
        assert_eq!([masked_account("ab"), masked_account("51738928782")], ["a****b", "51****28782"]);
        for text in ["ab", "云帆", "abcdefgh", "Orion Zenith"] {
            assert_ne!(masked_company(text), text);
            assert_ne!(masked_account(text), text);
        }
    }
}
