//! The library's lists as tables: what can be asked and shown.

use super::{Category, Format, Language, Mine, Reach, State};
use crate::{
    list::{Column, Filter, FilterKind, InFile, List, Sort},
    machine::Keyed,
    text::{Text, text},
};

/// The partner's list, `/support/library`.
pub const LIBRARY: List = List {
    name: "library",
    caption: text("资料库", "Resource library"),
    filters: &[
        Filter { key: "category", label: text("分类", "Category"), kind: FilterKind::One(category_options) },
        Filter { key: "format", label: text("格式", "Format"), kind: FilterKind::Many(format_options) },
        Filter { key: "language", label: text("语言", "Language"), kind: FilterKind::Many(language_options) },
        Filter { key: "audience", label: text("适用", "Audience"), kind: FilterKind::Many(reach_options) },
        Filter { key: "mine", label: text("我的资料", "Mine"), kind: FilterKind::One(mine_options) },
        Filter { key: "updated", label: text("更新", "Updated"), kind: FilterKind::Days },
        Filter { key: "q", label: text("关键词", "Keyword"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("title", text("资料名称", "Title")).sorts().file(InFile::Text(48)),
        Column::new("category", text("分类", "Category")).file(InFile::Text(16)).only_in_file(),
        Column::new("format", text("格式", "Format")).file(InFile::Text(8)).only_in_file(),
        Column::new("language", text("语言", "Language")).file(InFile::Text(8)).only_in_file(),
        Column::new("audience", text("适用", "Audience")).file(InFile::Text(20)),
        Column::new("size", text("大小", "Size")).sorts().number().file(InFile::Sum),
        Column::new("version", text("版本", "Version")).file(InFile::Integer),
        Column::new("updated", text("更新日期", "Updated")).sorts().file(InFile::Moment),
        Column::new("summary", text("摘要", "Summary")).file(InFile::Text(60)).only_in_file(),
        Column::new("id", text("资料编号", "Document id")).file(InFile::Text(28)).only_in_file(),
        Column::new("actions", text("操作", "Actions")),
    ],
    sorts: &[
        Sort { key: "updated", label: text("更新日期", "Updated"), down_first: true },
        Sort { key: "title", label: text("名称", "Title"), down_first: false },
        Sort { key: "size", label: text("大小", "Size"), down_first: true },
        Sort { key: "downloads", label: text("下载次数", "Downloads"), down_first: true },
        Sort { key: "relevance", label: text("相关度", "Relevance"), down_first: true },
    ],
    default_sort: "-updated",
};

/// The editor's list, `/console/library`.
pub const CONSOLE_LIBRARY: List = List {
    name: "console-library",
    caption: text("资料管理", "Library documents"),
    filters: &[
        Filter { key: "category", label: text("分类", "Category"), kind: FilterKind::One(category_options) },
        Filter { key: "state", label: text("状态", "State"), kind: FilterKind::Many(state_options) },
        Filter { key: "format", label: text("格式", "Format"), kind: FilterKind::Many(format_options) },
        Filter { key: "language", label: text("语言", "Language"), kind: FilterKind::Many(language_options) },
        Filter { key: "audience", label: text("适用", "Audience"), kind: FilterKind::Many(reach_options) },
        Filter { key: "updated", label: text("更新", "Updated"), kind: FilterKind::Days },
        Filter { key: "q", label: text("关键词", "Keyword"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("title", text("资料名称", "Title")).sorts(),
        Column::new("state", text("状态", "State")),
        Column::new("category", text("分类", "Category")).only_in_file(),
        Column::new("format", text("格式", "Format")).only_in_file(),
        Column::new("audience", text("适用", "Audience")),
        Column::new("size", text("大小", "Size")).sorts().number(),
        Column::new("version", text("版本", "Version")),
        Column::new("downloads", text("下载", "Downloads")).sorts().number(),
        Column::new("updated", text("更新日期", "Updated")).sorts(),
        Column::new("actions", text("操作", "Actions")),
    ],
    sorts: &[
        Sort { key: "updated", label: text("更新日期", "Updated"), down_first: true },
        Sort { key: "title", label: text("名称", "Title"), down_first: false },
        Sort { key: "size", label: text("大小", "Size"), down_first: true },
        Sort { key: "downloads", label: text("下载次数", "Downloads"), down_first: true },
    ],
    default_sort: "-updated",
};

/// Who downloaded what, `/console/downloads` and below each document.
pub const CONSOLE_DOWNLOADS: List = List {
    name: "console-downloads",
    caption: text("下载记录", "Downloads"),
    filters: &[
        Filter { key: "at", label: text("下载时间", "Downloaded"), kind: FilterKind::Days },
        Filter { key: "q", label: text("资料、公司或人员", "Document, company or person"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("at", text("下载时间", "Downloaded")).sorts().file(InFile::Moment),
        Column::new("title", text("资料名称", "Title")).file(InFile::Text(48)),
        Column::new("version", text("版本", "Version")).file(InFile::Integer),
        Column::new("company", text("公司", "Company")).file(InFile::Text(32)),
        Column::new("person", text("人员", "Person")).file(InFile::Text(12)),
    ],
    sorts: &[Sort { key: "at", label: text("下载时间", "Downloaded"), down_first: true }],
    default_sort: "-at",
};

fn options<K: Keyed>() -> Vec<(&'static str, Text)> {
    K::ALL.iter().map(|value| (value.key(), value.label())).collect()
}

fn category_options() -> Vec<(&'static str, Text)> {
    options::<Category>()
}

fn format_options() -> Vec<(&'static str, Text)> {
    options::<Format>()
}

fn language_options() -> Vec<(&'static str, Text)> {
    options::<Language>()
}

fn reach_options() -> Vec<(&'static str, Text)> {
    options::<Reach>()
}

fn mine_options() -> Vec<(&'static str, Text)> {
    options::<Mine>()
}

fn state_options() -> Vec<(&'static str, Text)> {
    options::<State>()
}
