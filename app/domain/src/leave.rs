//! Leaving for another web site (domain.md F16).

use crate::{
    list::{Asked, Column, Filter, FilterKind, List, Sort},
    refusals,
    text::text,
    time::{Day, Moment},
};
use serde::{Deserialize, Serialize};

/// Most hosts that are the vendor's own.
pub const OWN_HOSTS_MAX: i64 = 200;

refusals! {
    /// What the notice refuses.
    Refusal {
        LinkInvalid = 403 "LINK_INVALID", "该链接已失效或被改动，未为您跳转。请返回原页面重新打开。", "This link is too old or was changed, so it leads nowhere. Open it again from its page.";
    }
}

refusals! {
    /// What the list of own hosts refuses.
    HostRefusal {
        HostInvalid = 422 "HOST_INVALID" on "host", "请填写完整的域名，例如 help.example.com，不含路径和端口。", "Enter a whole host name, such as help.example.com, without path or port.";
        HostListed = 409 "HOST_LISTED" on "host", "该域名已在列表中。", "This host is in the list already.";
        TooManyHosts { most: i64 } = 422 "TOO_MANY_HOSTS" on "host", "自有域名最多 {most} 个。", "There can be at most {most} own hosts.";
    }
}

/// Where people went, by host: `/console/sites`.
pub const SITES: List = List {
    name: "console-sites",
    caption: text("外部网站", "Outside web sites"),
    filters: &[
        Filter { key: "at", label: text("访问时间", "Visited"), kind: FilterKind::Days },
        Filter { key: "q", label: text("网站", "Web site"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("host", text("网站", "Web site")).sorts(),
        Column::new("clicks", text("访问次数", "Visits")).sorts().number(),
        Column::new("people", text("人数", "People")).number(),
        Column::new("last", text("最近访问", "Latest visit")).sorts(),
    ],
    sorts: &[
        Sort { key: "clicks", label: text("访问次数", "Visits"), down_first: true },
        Sort { key: "last", label: text("最近访问", "Latest visit"), down_first: true },
        Sort { key: "host", label: text("网站", "Web site"), down_first: false },
    ],
    default_sort: "-clicks",
};

/// A host that people went to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteRow {
    /// The host, in the letters that name servers know.
    pub host: String,
    /// How often somebody went on to it.
    pub clicks: i64,
    /// How many signed-in people did.
    pub people: i64,
    /// When last.
    pub last: Moment,
}

/// A host of the vendor itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnHost {
    /// The host.
    pub host: String,
    /// Who named it.
    pub by: String,
    /// When.
    pub since: Moment,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sites {
    /// The question.
    pub asked: Asked,
    /// The rows of this page.
    pub rows: Vec<SiteRow>,
    /// Rows of all pages.
    pub total: i64,
    /// The vendor's own hosts.
    pub own: Vec<OwnHost>,
    /// Business day.
    pub today: Day,
}
