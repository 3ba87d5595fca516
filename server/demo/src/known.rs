//! Documents of the demo world that tests and documentation may name by id. The ids never change.

use domain::Id;

/// A document for everybody, with three versions: 2026 年下半年解决方案提供商激励政策.
#[must_use]
pub fn policy() -> Id {
    featured(2)
}

/// For distributors only: 总经销商返点与额度政策（2026 年下半年）.
#[must_use]
pub fn for_distributors() -> Id {
    featured(10)
}

/// Withdrawn: 2025 年云主机老款实例促销说明.
#[must_use]
pub fn withdrawn() -> Id {
    featured(12)
}

/// A link to another site: 北屿云帮助中心：计费说明.
#[must_use]
pub fn link() -> Id {
    featured(13)
}

/// Holds [`INSIDE`] in its file and nowhere else: 制造行业云上灾备解决方案 V2.1.
#[must_use]
pub fn with_words_inside() -> Id {
    featured(16)
}

/// Words that stand in one file only, in no title and no summary.
pub const INSIDE: &str = "蓝鲸演练";

fn featured(place: usize) -> Id {
    crate::library::ids().get(place).copied().unwrap_or(Id(0))
}
