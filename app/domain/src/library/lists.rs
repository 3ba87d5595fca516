//! The library's lists as tables: what can be asked and shown.

use super::{Category, Format, Language, State};
use crate::{
    list::{Column, Filter, FilterKind, List, Sort},
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
        Filter { key: "updated", label: text("更新", "Updated"), kind: FilterKind::Days },
        Filter { key: "q", label: text("关键词", "Keyword"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column { key: "title", label: text("资料名称", "Title"), sort: true, number: false },
        Column { key: "category", label: text("分类", "Category"), sort: false, number: false },
        Column { key: "format", label: text("格式", "Format"), sort: false, number: false },
        Column { key: "size", label: text("大小", "Size"), sort: true, number: true },
        Column { key: "version", label: text("版本", "Version"), sort: false, number: false },
        Column { key: "updated", label: text("更新日期", "Updated"), sort: true, number: false },
        Column { key: "actions", label: text("操作", "Actions"), sort: false, number: false },
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
        Filter { key: "updated", label: text("更新", "Updated"), kind: FilterKind::Days },
        Filter { key: "q", label: text("关键词", "Keyword"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column { key: "title", label: text("资料名称", "Title"), sort: true, number: false },
        Column { key: "state", label: text("状态", "State"), sort: false, number: false },
        Column { key: "category", label: text("分类", "Category"), sort: false, number: false },
        Column { key: "format", label: text("格式", "Format"), sort: false, number: false },
        Column { key: "audience", label: text("适用", "Audience"), sort: false, number: false },
        Column { key: "size", label: text("大小", "Size"), sort: true, number: true },
        Column { key: "version", label: text("版本", "Version"), sort: false, number: false },
        Column { key: "downloads", label: text("下载", "Downloads"), sort: true, number: true },
        Column { key: "updated", label: text("更新日期", "Updated"), sort: true, number: false },
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
        Column { key: "at", label: text("下载时间", "Downloaded"), sort: true, number: false },
        Column { key: "title", label: text("资料名称", "Title"), sort: false, number: false },
        Column { key: "version", label: text("版本", "Version"), sort: false, number: false },
        Column { key: "company", label: text("公司", "Company"), sort: false, number: false },
        Column { key: "person", label: text("人员", "Person"), sort: false, number: false },
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

fn state_options() -> Vec<(&'static str, Text)> {
    options::<State>()
}
