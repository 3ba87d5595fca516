//! Agreements as tables. They are few: nothing is filtered or paged.

use crate::{
    list::{Column, List, Sort},
    text::text,
};

/// A company's agreements, `/agreements`.
pub const AGREEMENTS: List = List {
    name: "agreements",
    caption: text("协议", "Agreements"),
    filters: &[],
    columns: &[
        Column::new("title", text("协议", "Agreement")),
        Column::new("version", text("版本", "Version")),
        Column::new("kind", text("要求", "Requirement")),
        Column::new("state", text("状态", "State")),
        Column::new("effective", text("生效日期", "In effect from")),
        Column::new("until", text("签署截止", "Accept by")),
        Column::new("accepted", text("签署时间", "Accepted")),
    ],
    sorts: &[Sort { key: "published", label: text("发布时间", "Published"), down_first: true }],
    default_sort: "-published",
};

/// All versions, `/console/agreements`.
pub const CONSOLE_AGREEMENTS: List = List {
    name: "console-agreements",
    caption: text("协议", "Agreements"),
    columns: &[
        Column::new("title", text("协议", "Agreement")),
        Column::new("version", text("版本", "Version")),
        Column::new("audience", text("适用范围", "For")),
        Column::new("kind", text("要求", "Requirement")),
        Column::new("state", text("状态", "State")),
        Column::new("effective", text("生效日期", "In effect from")),
        Column::new("until", text("签署截止", "Accept by")),
        Column::new("accepted", text("已签署", "Accepted")).number(),
    ],
    ..AGREEMENTS
};

/// Who accepted a version, and who has not.
pub const ACCEPTANCES: List = List {
    name: "console-acceptances",
    caption: text("签署情况", "Who accepted it"),
    columns: &[
        Column::new("partner", text("伙伴", "Partner")),
        Column::new("state", text("状态", "State")),
        Column::new("person", text("签署人", "Accepted by")),
        Column::new("at", text("签署时间", "Accepted")),
        Column::new("address", text("网络地址", "Address")),
        Column::new("hash", text("正文校验值", "Hash of the text")),
    ],
    sorts: &[Sort { key: "number", label: text("伙伴编号", "Partner number"), down_first: false }],
    default_sort: "number",
    ..AGREEMENTS
};
