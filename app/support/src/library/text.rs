//! The library's words.

use domain::{
    Lang, Text,
    library::{Mine, Step},
    text,
    text::grouped,
};

pub(super) const TITLE: Text = text("资料库", "Resource library");
pub(super) const LEDE: Text = text(
    "伙伴政策、产品与解决方案、业务支持文档。内容按贵公司的身份与计划展示。",
    "Partner policies, products and solutions, and business support. You see what is meant for your company.",
);
pub(super) const SUPPORT: Text = text("支持", "Support");
pub(super) const TREE: Text = text("资料分类", "Categories");
pub(super) const CATEGORY: Text = text("分类", "Category");
pub(super) const EVERYTHING: Text = text("全部资料", "All documents");
pub(super) const BELOW: Text = text("的下级分类", ": subcategories");
pub(super) const SEARCH: Text = text("搜索标题、摘要与正文", "Search titles, summaries and texts");
pub(super) const NEW: Text = text("新", "New");
pub(super) const PREVIEW: Text = text("预览", "Preview");
pub(super) const DOWNLOAD: Text = text("下载", "Download");
pub(super) const SINCE_LAST: Text = text("较上一版：", "Since the last version: ");
pub(super) const SIZE: Text = text("大小", "Size");
pub(super) const VERSION: Text = text("版本", "Version");
pub(super) const UPDATED: Text = text("更新日期", "Updated");
pub(super) const AUDIENCE: Text = text("适用", "Audience");
pub(super) const ACTIONS: Text = text("操作", "Actions");
pub(super) const NAME: Text = text("资料名称", "Title");
pub(super) const STATE: Text = text("状态", "State");
pub(super) const EMPTY: Text = text("资料库里还没有资料", "The library is still empty");
pub(super) const EMPTY_HINT: Text = text("厂商发布资料后会显示在这里。", "Documents appear here once the vendor publishes them.");
pub(super) const FILE: Text = text("文件信息", "File");
pub(super) const FORMAT: Text = text("格式", "Format");
pub(super) const LANGUAGE: Text = text("语言", "Language");
pub(super) const AS_PARTNER: Text = text("以伙伴身份预览", "See as a partner");
pub(super) const AS_PARTNER_NOTE: Text = text(
    "这是伙伴看到的页面，包括其可下载的版本。可见范围：",
    "This is the page that partners see, with the versions they can download. It is for: ",
);
pub(super) const EFFECTIVE: Text = text("有效期", "Holds");
pub(super) const EFFECTIVE_FROM: Text = text("生效日期", "First day");
pub(super) const EFFECTIVE_UNTIL: Text = text("失效日期", "Last day");
pub(super) const EFFECTIVE_HINT: Text =
    text("内容的有效期，首尾两日均含；不影响可见范围。", "When what it says holds, both days included. It can be read before and after.");
pub(super) const NOT_YET: Text = text("未生效", "Not yet");
pub(super) const NO_MORE: Text = text("已失效", "No more");
pub(super) const DOWNLOADS: Text = text("下载次数", "Downloads");
pub(super) const CHECKSUM: Text = text("校验", "Checksum");
pub(super) const CHECK_HINT: Text = text("下载后可用此值核对文件是否完整。", "Compare it with your file to know that nothing is missing.");
pub(super) const COPY: Text = text("复制 SHA-256", "Copy SHA-256");
pub(super) const COPIED: Text = text("已复制", "Copied");
pub(super) const SUMMARY: Text = text("内容摘要", "Summary");
pub(super) const VERSIONS: Text = text("版本", "Versions");
pub(super) const CHANGE: Text = text("变化", "What changed");
pub(super) const DATE: Text = text("日期", "Date");
pub(super) const CURRENT: Text = text("当前", "Current");
pub(super) const FIRST: Text = text("首次发布", "First version");
pub(super) const WHAT_CHANGED: Text = text("较上一版", "Since the last version");
pub(super) const OPEN: Text = text("打开", "Open");
pub(super) const OUTSIDE: Text = text("外部网站", "Outside web site");
pub(super) const LATEST: Text = text("最近更新的资料", "Recently updated documents");

pub(super) const MINE: Text = text("我的资料", "Mine");
pub(super) const FAVOURITE: Text = text("收藏", "Add to favourites");
pub(super) const FAVOURITE_OFF: Text = text("取消收藏", "Remove from favourites");
pub(super) const FOLLOW: Text = text("关注更新", "Follow changes");
pub(super) const FOLLOW_OFF: Text = text("取消关注", "Stop following");
pub(super) const PACK: Text = text("打包下载", "Download as ZIP");
pub(super) const RECENT: Text = text("最近下载", "Recent downloads");
pub(super) const NEWER: Text = text("有新版本", "New version");

pub(super) const CONSOLE: Text = text("资料与知识", "Library and knowledge");
pub(super) const CONSOLE_SEARCH: Text = text("标题或内容", "Title or content");
pub(super) const UPLOAD: Text = text("上传资料", "Upload a document");
pub(super) const DOWNLOAD_LOG: Text = text("下载记录", "Downloads");
pub(super) const DOWNLOAD_LOG_LEDE: Text = text("谁在何时下载了哪个版本", "Who downloaded which version, and when");
pub(super) const DOWNLOAD_SEARCH: Text = text("资料、公司或姓名", "Document, company or person");
pub(super) const EDIT: Text = text("编辑", "Edit");
pub(super) const REPLACE: Text = text("更新版本", "New version");
pub(super) const PUBLISH: Text = text("发布", "Publish");
pub(super) const PUBLISH_AGAIN: Text = text("重新发布", "Publish again");
pub(super) const WITHDRAW: Text = text("下线", "Withdraw");
pub(super) const DISCARD: Text = text("作废", "Discard");
pub(super) const ABOUT: Text = text("资料信息", "About this document");
pub(super) const WHO: Text = text("谁下载过", "Who downloaded it");
pub(super) const ALL_RECORDS: Text = text("全部记录", "All records");
pub(super) const NOBODY: Text = text("还没有人下载过", "Nobody has downloaded it yet");
pub(super) const ADDED: Text = text("上传", "Added");
pub(super) const TEXT_INSIDE: Text = text("正文", "Text inside");
pub(super) const TITLE_FIELD: Text = text("标题", "Title");
pub(super) const TITLE_HINT: Text = text("伙伴在列表里看到的名字，最多 200 字。", "What partners see in the list, at most 200 characters.");
pub(super) const SUMMARY_FIELD: Text = text("摘要", "Summary");
pub(super) const SUMMARY_HINT: Text = text("最多 2,000 字。", "At most 2,000 characters.");
pub(super) const IDENTITIES: Text = text("受众：身份", "Audience: identities");
pub(super) const PROGRAMS: Text = text("受众：计划", "Audience: programs");
pub(super) const EVERYBODY_HINT: Text = text("都不选表示全部伙伴可见。", "None chosen means all partners.");
pub(super) const FILE_FIELD: Text = text("文件", "File");
pub(super) const FILE_HINT: Text = text(
    "PDF、DOCX、XLSX、PPTX、ZIP、MP4、EPUB、TXT、PNG，最大 200 MB。",
    "PDF, DOCX, XLSX, PPTX, ZIP, MP4, EPUB, TXT or PNG, at most 200 MB.",
);
pub(super) const LINK_FIELD: Text = text("或外部链接", "Or an outside link");
pub(super) const LINK_HINT: Text = text("不上传文件时填写，以 https:// 开头。", "Instead of a file; begins with https://.");
pub(super) const SAVE_DRAFT: Text = text("保存草稿", "Save as a draft");
pub(super) const SAVE: Text = text("保存", "Save");
pub(super) const CANCEL: Text = text("取消", "Cancel");
pub(super) const SAVED: Text = text("资料信息已保存", "The document was saved");
pub(super) const WHAT_HINT: Text = text("伙伴可见，最多 500 字。", "Partners read it; at most 500 characters.");
pub(super) const KEEP_OPEN: Text = text("伙伴仍可下载当前版本", "Partners may go on downloading the present version");
pub(super) const NOT_SAVED: Text = text("资料未保存", "The document was not saved");
pub(super) const NOT_MOVED: Text = text("操作未完成", "Nothing was changed");
pub(super) const AT_ONCE: Text = text(
    "发布后伙伴立即可见。更新版本会替换所有伙伴下载的文件，并更新日期；旧版本保留。",
    "What is published is visible at once. A new version replaces the file for everyone and bumps the date; old versions are kept.",
);
pub(super) const UPLOADING: Text = text("上传进度", "Upload progress");
pub(super) const KEEP_PUBLISHED: Text = text("保留发布", "Keep it published");
pub(super) const KEEP_DRAFT: Text = text("保留草稿", "Keep the draft");

/// How many documents: `19 份资料`.
pub(super) fn documents(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 份资料", grouped(count)),
        Lang::En if count == 1 => "1 document".to_owned(),
        Lang::En => format!("{} documents", grouped(count)),
    }
}

/// How many records.
pub(super) fn records(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 条", grouped(count)),
        Lang::En if count == 1 => "1 record".to_owned(),
        Lang::En => format!("{} records", grouped(count)),
    }
}

/// What marking a document did.
/// How many documents were marked.
pub(super) fn favourites(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已收藏 {count} 份资料"),
        Lang::En if count == 1 => "1 document added to your favourites".to_owned(),
        Lang::En => format!("{count} documents added to your favourites"),
    }
}

pub(super) const fn marked(mark: Mine, on: bool) -> Text {
    match (mark, on) {
        (Mine::Followed, true) => text("已关注，资料更新或下线时会通知您", "You will be told when this document changes or is withdrawn"),
        (Mine::Followed, false) => text("已取消关注", "You no longer follow this document"),
        (_, true) => text("已收藏", "Added to your favourites"),
        (_, false) => text("已取消收藏", "Removed from your favourites"),
    }
}

/// What a step did.
#[must_use]
pub const fn moved(step: Step) -> Text {
    match step {
        Step::Publish => text("资料已发布", "The document was published"),
        Step::Withdraw => text("资料已下线", "The document was withdrawn"),
        Step::Discard => text("草稿已作废", "The draft was discarded"),
    }
}

/// How far the text inside a file is.
pub(super) fn text_state(state: &str) -> Text {
    match state {
        "done" => text("可搜索", "Can be searched"),
        "waiting" => text("正在提取", "Being read"),
        "failed" => text("无法提取", "Can't be read"),
        _ => text("无正文", "Has no text"),
    }
}

/// Why a file's text could not be read, by the key that the extraction gives.
pub(super) fn text_failure(key: &str) -> Option<Text> {
    Some(match key {
        "" => return None,
        "EMPTY" => text("文件是空的", "the file is empty"),
        "TYPE_MISMATCH" => text("内容与格式不符", "the content is of another format"),
        "TOO_LARGE" => text("文件过大", "the file is too large"),
        "ENCRYPTED" => text("文件有密码保护", "the file is protected by a password"),
        "DAMAGED" => text("文件已损坏", "the file is damaged"),
        "EXPANDS_TOO_FAR" => text("解压后过大", "it unpacks to too much"),
        "TOO_COMPLEX" => text("内容过于复杂", "the content is too complex"),
        "NO_TEXT" => text("没有可提取的文字，可能是扫描件", "it holds no text; perhaps a scan"),
        "TIMED_OUT" | "OUT_OF_MEMORY" => text("超出提取的时间或内存限制", "reading it took too much time or memory"),
        _ => text("提取程序出错", "the extraction failed"),
    })
}

/// The comma of a list of words.
pub(super) const fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}
