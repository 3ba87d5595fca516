//! The resource library (domain.md F1): categories, formats, audience, the life of a document, and its lists.

use crate::{
    access::{Identity, Program, Standing},
    keyed, machine,
    machine::Keyed,
    refusals,
    text::{Text, text},
    time::Moment,
};
use serde::{Deserialize, Serialize};

mod effective;
mod lists;
mod view;

pub use effective::{Effective, Holds};
pub use lists::{CONSOLE_DOWNLOADS, CONSOLE_LIBRARY, LIBRARY};
pub use view::{Counts, Detail, DownloadRow, Downloads, EditorDetail, EditorPage, EditorRow, LibraryPage, LibraryRow, VersionRow};

/// Longest title in characters.
pub const TITLE_MAX: usize = 200;
/// Longest summary in characters.
pub const SUMMARY_MAX: usize = 2_000;
/// Longest "what changed" in characters.
pub const WHAT_CHANGED_MAX: usize = 500;
/// Longest keyword in characters; longer ones answer `TOO_LONG`.
pub const KEYWORD_MAX: usize = 200;
/// Largest upload in bytes (200 MB).
pub const UPLOAD_MAX_BYTES: i64 = 200_000_000;
/// A document is marked new for this long after an update.
pub const NEW_DAYS: i64 = 7;
/// Longest address of a link entry in characters.
pub const LINK_MAX: usize = 2_000;

keyed! {
    /// Categories in two levels; a parent includes its children. The three parents are the owner's words [S].
    Category {
        Policy = "policy" "伙伴政策" "Partner policy";
        PolicyProgram = "policy/program" "计划与协议" "Programs and agreements";
        PolicyIncentive = "policy/incentive" "激励政策" "Incentive policies";
        PolicyBenefit = "policy/benefit" "权益与资金" "Benefits and funds";
        Product = "product_solution" "产品与解决方案" "Products and solutions";
        ProductWhitepaper = "product_solution/whitepaper" "产品白皮书" "White papers";
        ProductSolution = "product_solution/solution" "行业方案" "Industry solutions";
        ProductCase = "product_solution/case" "客户案例" "Customer cases";
        Business = "business_support" "业务支持" "Business support";
        BusinessGuide = "business_support/guide" "操作指引" "Guides";
        BusinessTraining = "business_support/training" "培训资料" "Training";
        BusinessTemplate = "business_support/template" "模板与工具" "Templates and tools";
    }
}

impl Category {
    /// The first-level category this one belongs to; itself for a first-level one.
    #[must_use]
    pub const fn parent(self) -> Self {
        match self {
            Self::Policy | Self::PolicyProgram | Self::PolicyIncentive | Self::PolicyBenefit => Self::Policy,
            Self::Product | Self::ProductWhitepaper | Self::ProductSolution | Self::ProductCase => Self::Product,
            Self::Business | Self::BusinessGuide | Self::BusinessTraining | Self::BusinessTemplate => Self::Business,
        }
    }

    /// It stands on the first level.
    #[must_use]
    pub fn is_parent(self) -> bool {
        self.parent() == self
    }

    /// This category and, for a first-level one, its children: what a filter by it shows.
    #[must_use]
    pub fn with_children(self) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|other| *other == self || (self.is_parent() && other.parent() == self)).collect()
    }
}

keyed! {
    /// File formats of the library.
    Format {
        Pdf = "pdf" "PDF" "PDF";
        Docx = "docx" "DOCX" "DOCX";
        Xlsx = "xlsx" "XLSX" "XLSX";
        Pptx = "pptx" "PPTX" "PPTX";
        Zip = "zip" "ZIP" "ZIP";
        Mp4 = "mp4" "MP4" "MP4";
        Epub = "epub" "EPUB" "EPUB";
        Txt = "txt" "TXT" "TXT";
        Png = "png" "PNG" "PNG";
        Link = "link" "链接" "Link";
    }
}

impl Format {
    /// The media type of a download.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Zip => "application/zip",
            Self::Mp4 => "video/mp4",
            Self::Epub => "application/epub+zip",
            Self::Txt => "text/plain; charset=utf-8",
            Self::Png => "image/png",
            Self::Link => "text/uri-list",
        }
    }

    /// The text inside can be searched.
    #[must_use]
    pub const fn has_text(self) -> bool {
        matches!(self, Self::Pdf | Self::Docx | Self::Xlsx | Self::Pptx | Self::Epub | Self::Txt)
    }
}

keyed! {
    /// The language a document is written in.
    Language {
        Zh = "zh" "中文" "Chinese";
        En = "en" "英文" "English";
    }
}

machine! {
    /// The life of a document (F1).
    State Step {
        states {
            Draft = "draft" Draft "草稿" "Draft";
            Published = "published" Good "已发布" "Published";
            Withdrawn = "withdrawn" Ended "已下线" "Withdrawn";
            Discarded = "discarded" Ended "已作废" "Discarded";
        }
        steps {
            Publish = "publish": Draft | Withdrawn => Published;
            Withdraw = "withdraw": Published => Withdrawn;
            Discard = "discard": Draft => Discarded;
        }
    }
}

keyed! {
    /// How far a document reaches, as lists ask for it.
    Reach {
        Open = "open" "面向全部伙伴" "All partners";
        Limited = "limited" "限定范围" "Some partners";
    }
}

/// Who may see a document: partners with one of the identities or one of the programs; both empty means everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Audience {
    /// Identities, sorted.
    pub identities: Vec<Identity>,
    /// Programs, sorted.
    pub programs: Vec<Program>,
}

impl Audience {
    /// Everybody in the network.
    #[must_use]
    pub const fn is_everybody(&self) -> bool {
        self.identities.is_empty() && self.programs.is_empty()
    }

    /// How far it reaches.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        if self.is_everybody() { Reach::Open } else { Reach::Limited }
    }

    /// The caller's company belongs to it.
    #[must_use]
    pub fn includes(&self, standing: &Standing) -> bool {
        self.includes_company(&standing.identities, &standing.programs)
    }

    /// A company of these identities and programs belongs to it.
    #[must_use]
    pub fn includes_company(&self, identities: &[Identity], programs: &[Program]) -> bool {
        self.is_everybody()
            || self.identities.iter().any(|identity| identities.contains(identity))
            || self.programs.iter().any(|program| programs.contains(program))
    }

    /// The one written form of this audience: sorted, without doubles. Equal audiences are one row in the store.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.identities.sort_unstable();
        self.identities.dedup();
        self.programs.sort_unstable();
        self.programs.dedup();
        self
    }

    /// Its words, for rows and tags.
    #[must_use]
    pub fn labels(&self) -> Vec<Text> {
        if self.is_everybody() {
            return vec![text("全部伙伴", "All partners")];
        }
        self.identities.iter().map(|value| value.label()).chain(self.programs.iter().map(|value| value.label())).collect()
    }
}

keyed! {
    /// What ties a person to a document; a filter of the list.
    Mine {
        Favourite = "favourite" "我的收藏" "Favourites";
        Followed = "followed" "我的关注" "Followed";
        Downloaded = "downloaded" "我下载过的" "Downloaded by me";
    }
}

/// Documents and bytes of one zip file (domain.md F1).
pub const ZIP_DOCUMENTS_MAX: usize = 50;
/// See [`ZIP_DOCUMENTS_MAX`].
pub const ZIP_BYTES_MAX: i64 = 500 * 1024 * 1024;

refusals! {
    /// What the library refuses.
    Refusal {
        KeywordTooLong { most: usize } = 422 "TOO_LONG" on "q", "关键词最多 {most} 个字。请缩短后再查询。", "A keyword has at most {most} characters. Shorten it and search again.";
        DaysReversed = 422 "INVALID" on "to", "结束日期早于开始日期。请调整后再查询。", "The range ends before it begins. Change one of the dates.";
        LeastIsNoAmount = 422 "AMOUNT_INVALID" on "least", "最低金额不是有效金额。请填写数字，最多两位小数。", "The lowest amount is no amount. Enter a number with at most two decimals.";
        MostIsNoAmount = 422 "AMOUNT_INVALID" on "most", "最高金额不是有效金额。请填写数字，最多两位小数。", "The highest amount is no amount. Enter a number with at most two decimals.";
        AmountsReversed = 422 "INVALID" on "most", "最高金额小于最低金额。请调整后再查询。", "The highest amount is below the lowest. Change one of them.";
        NothingChosen = 422 "INVALID" on "id", "请先选择要打包的资料。", "Choose the documents to pack first.";
        TooManyToPack { most: usize } = 422 "TOO_MANY_DOCUMENTS" on "id", "一次最多打包 {most} 份资料。请减少选择后再试。", "At most {most} documents can be packed at a time. Choose fewer.";
        TooMuchToPack { most: i64 } = 413 "TOO_LARGE" on "id", "所选资料合计超过 {most} MB。请减少选择后再试。", "The chosen documents are larger than {most} MB together. Choose fewer.";
        Withdrawn = 410 "WITHDRAWN", "该资料已下线，不再提供。", "This document is no longer available.";
        TitleMissing = 422 "INVALID" on "title", "请填写资料名称。", "Enter a title.";
        TitleTooLong { most: usize } = 422 "TOO_LONG" on "title", "资料名称最多 {most} 个字。", "A title has at most {most} characters.";
        SummaryTooLong { most: usize } = 422 "TOO_LONG" on "summary", "摘要最多 {most} 个字。", "A summary has at most {most} characters.";
        WhatChangedMissing = 422 "INVALID" on "what_changed", "请说明本次更新的内容，伙伴会看到这段文字。", "Say what changed; partners read it.";
        WhatChangedTooLong { most: usize } = 422 "TOO_LONG" on "what_changed", "更新说明最多 {most} 个字。", "“What changed” has at most {most} characters.";
        NotPlain { field: String } = 422 "INVALID" on "title", "“{field}”含有不可见的控制字符。请删除后再提交。", "“{field}” contains invisible control characters. Remove them.";
        EffectiveFromInvalid = 422 "INVALID" on "effective_from", "请填写有效的生效日期，或留空。", "Enter the first day on which it holds, or leave it empty.";
        EffectiveUntilInvalid = 422 "INVALID" on "effective_until", "请填写有效的失效日期，或留空。", "Enter the last day on which it holds, or leave it empty.";
        EffectiveReversed = 422 "INVALID" on "effective_until", "失效日期早于生效日期。", "The last day is before the first.";
        FileMissing = 422 "EMPTY" on "file", "请选择要上传的文件。", "Choose a file to upload.";
        Empty = 422 "EMPTY" on "file", "文件是空的。请选择有内容的文件。", "The file is empty. Choose one with content.";
        TypeMismatch = 422 "TYPE_MISMATCH" on "file", "文件内容与其扩展名不符，或不是支持的格式。", "The content doesn't match the file's extension, or the format isn't supported.";
        CutOff = 422 "CUT_OFF" on "file", "上传中断，文件不完整。请重新上传。", "The upload was cut off. Send the file again.";
        LinkInvalid = 422 "LINK_INVALID" on "link", "请填写以 http:// 或 https:// 开头的完整地址。", "Enter a full address that begins with http:// or https://.";
        SameFile = 422 "SAME_FILE" on "file", "该文件与当前版本完全相同。", "This file is the same as the current version.";
    }
}

/// A document as an editor writes it. Lengths are counted in characters after trimming.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// Title, 1 to [`TITLE_MAX`].
    pub title: String,
    /// Summary, at most [`SUMMARY_MAX`].
    pub summary: String,
    /// Where it is filed.
    pub category: Category,
    /// The language of the text.
    pub language: Language,
    /// Who may see it.
    pub audience: Audience,
    /// When what it says holds.
    pub effective: Effective,
}

impl Description {
    /// Trims and checks what was typed.
    ///
    /// # Errors
    /// The first field that breaks its rule.
    pub fn checked(self) -> Result<Self, Refusal> {
        let title = self.title.trim().to_owned();
        let summary = self.summary.trim().to_owned();
        if title.is_empty() {
            return Err(Refusal::TitleMissing);
        }
        if title.chars().count() > TITLE_MAX {
            return Err(Refusal::TitleTooLong { most: TITLE_MAX });
        }
        if summary.chars().count() > SUMMARY_MAX {
            return Err(Refusal::SummaryTooLong { most: SUMMARY_MAX });
        }
        if let Some(text) = [&title, &summary].into_iter().find(|text| !is_plain(text)) {
            let field: String = text.chars().filter(|c| is_plain_char(*c)).take(20).collect();
            return Err(Refusal::NotPlain { field });
        }
        Ok(Self { title, summary, audience: self.audience.sorted(), ..self })
    }
}

/// Checks the sentence that tells partners what a new version brings.
///
/// # Errors
/// It is missing, too long, or not plain text.
pub fn what_changed(typed: &str) -> Result<String, Refusal> {
    let trimmed = typed.trim();
    if trimmed.is_empty() {
        return Err(Refusal::WhatChangedMissing);
    }
    if trimmed.chars().count() > WHAT_CHANGED_MAX {
        return Err(Refusal::WhatChangedTooLong { most: WHAT_CHANGED_MAX });
    }
    if !is_plain(trimmed) {
        return Err(Refusal::NotPlain { field: trimmed.chars().filter(|c| is_plain_char(*c)).take(20).collect() });
    }
    Ok(trimmed.to_owned())
}

/// Text without control characters and without marks that turn the reading direction: a title that reads otherwise than it
/// is stored could pass for another document.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    text.chars().all(is_plain_char)
}

fn is_plain_char(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}');
    c == '\n' || !(c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}

/// The document was updated at most [`NEW_DAYS`] ago.
#[must_use]
pub const fn is_new(updated: Moment, now: Moment) -> bool {
    let age = now.seconds_since(updated);
    age >= 0 && age < NEW_DAYS * 86_400
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(title: &str, summary: &str) -> Result<Description, Refusal> {
        Description {
            title: title.into(),
            summary: summary.into(),
            category: Category::PolicyIncentive,
            language: Language::Zh,
            audience: Audience::default(),
            effective: Effective::default(),
        }
        .checked()
    }

    #[test]
    fn filtering_by_a_parent_includes_its_children_and_by_a_child_only_itself() {
        let keys: Vec<_> = Category::Policy.with_children().into_iter().map(Keyed::key).collect();
        assert_eq!(keys, ["policy", "policy/program", "policy/incentive", "policy/benefit"]);
        assert_eq!(Category::PolicyBenefit.with_children(), [Category::PolicyBenefit]);
    }

    #[test]
    fn a_title_has_one_to_two_hundred_characters() {
        assert_eq!(described("  云  ", "").map(|described| described.title), Ok("云".to_owned()));
        assert_eq!(described(" \u{3000} ", ""), Err(Refusal::TitleMissing));
        assert!(described(&"云".repeat(200), "").is_ok());
        assert_eq!(described(&"云".repeat(201), ""), Err(Refusal::TitleTooLong { most: 200 }));
    }

    #[test]
    fn texts_that_read_otherwise_than_they_are_stored_are_refused() {
        for hidden in ["\u{202e}fdp", "a\0b", "a\u{7}b", "\u{feff}x", "a\u{2066}b"] {
            assert!(matches!(described(hidden, ""), Err(Refusal::NotPlain { .. })), "{hidden:?}");
            assert!(matches!(described("云", hidden), Err(Refusal::NotPlain { .. })), "{hidden:?}");
        }
        assert!(described("😀 云", "第一行\n第二行").is_ok());
    }

    #[test]
    fn only_the_written_steps_are_allowed() {
        use State::{Discarded, Draft, Published, Withdrawn};
        let from = |step: Step| State::ALL.iter().map(|state| step.from(*state)).collect::<Vec<_>>();
        assert_eq!(State::ALL, [Draft, Published, Withdrawn, Discarded]);
        assert_eq!(from(Step::Publish), [Some(Published), None, Some(Published), None]);
        assert_eq!(from(Step::Withdraw), [None, Some(Withdrawn), None, None]);
        assert_eq!(from(Step::Discard), [Some(Discarded), None, None, None]);
    }

    #[test]
    fn a_document_is_new_for_seven_days() {
        let updated = Moment(0);
        assert!(is_new(updated, updated));
        assert!(is_new(updated, updated.plus_days(7).plus_seconds(-1)));
        assert!(!is_new(updated, updated.plus_days(7)));
        assert!(!is_new(updated.plus_days(1), updated));
    }
}
