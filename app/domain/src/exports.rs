//! Exports (domain.md F2): a list as a file, made in the background, kept for a while.

use crate::{
    access::{
        CanExportBill, CanExportOwn, CanIssueInvoices, CanManageInvoices, CanReadAudit, CanReadEveryAudit, CanReadLibrary, CanReviewTopUps,
        CanReviewWithdrawals, CanSeeLedger, CanSeeLibraryDownloads, CanTopUp, CanUseConsole, CanWithdraw, Permission, Rule, Side,
    },
    audit::{AUDIT, CONSOLE_AUDIT},
    bills::{BILL, BILL_LINES},
    id::Id,
    invoice::{CONSOLE_REQUESTS, REQUESTS},
    keyed,
    ledger::LEDGER,
    library::{CONSOLE_DOWNLOADS, LIBRARY},
    list::{Asked, Column, Filter, FilterKind, List, Sort},
    machine,
    machine::Keyed,
    refusals,
    text::{Lang, Text, text},
    time::{Day, Moment},
    top_up::{CONSOLE_TOP_UPS, TOP_UPS},
    views::Setup,
    withdrawal::{CONSOLE_WITHDRAWALS, WITHDRAWALS},
};
use serde::{Deserialize, Serialize};

/// Tasks of one company that may wait or run at a time (F2).
pub const TASKS_MAX: i64 = 3;
/// Runs of one task before it fails (F2).
pub const TRIES: i64 = 3;
/// Days that a file is kept (F2).
pub const KEPT_DAYS: i64 = 7;
/// How often a page with tasks under way looks again, in seconds (design 05).
pub const REFRESH_SECONDS: u32 = 3;

keyed! {
    /// What can be exported: the list of a page.
    Source {
        Library = "library" "资料库" "Resource library";
        Downloads = "console-downloads" "下载记录" "Downloads";
        Audit = "audit" "审计日志" "Audit log";
        EveryAudit = "console-audit" "全部审计日志" "Audit log of all companies";
        Ledger = "ledger" "收支明细" "Income and expense";
        Withdrawals = "withdrawals" "提现申请" "Withdrawal requests";
        WithdrawalQueue = "console-withdrawals" "提现审核" "Withdrawal review";
        TopUps = "top-ups" "充值记录" "Top-ups";
        TopUpQueue = "console-top-ups" "充值认领" "Claims of remittances";
        InvoiceRequests = "invoice-requests" "开票申请" "Invoice requests";
        InvoiceQueue = "console-invoice-requests" "发票审核" "Invoices to issue";
        Bill = "bill" "伙伴账单" "Partner bill";
        BillLines = "bill-lines" "伙伴账单明细" "Partner bill lines";
    }
}

keyed! {
    /// What kind of file it becomes.
    FileKind {
        Xlsx = "xlsx" "XLSX" "XLSX";
        Csv = "csv" "CSV" "CSV";
        Pdf = "pdf" "PDF" "PDF";
    }
}

machine! {
    /// The life of an export task (F2).
    State Step {
        states {
            Queued = "queued" Wait "等待中" "Queued";
            Running = "running" Run "导出中" "Exporting";
            Completed = "completed" Good "已完成" "Completed";
            Failed = "failed" Bad "导出失败" "Failed";
            Cancelled = "cancelled" Ended "已取消" "Cancelled";
            Expired = "expired" Ended "已过期" "Expired";
        }
        steps {
            Begin = "begin": Queued | Running => Running;
            Wait = "wait": Running => Queued;
            Complete = "complete": Running => Completed;
            Fail = "fail": Queued | Running => Failed;
            Cancel = "cancel": Queued | Running => Cancelled;
            Expire = "expire": Completed => Expired;
            Again = "again": Failed => Queued;
        }
    }
}

keyed! {
    /// Why a task failed.
    Problem {
        NoPermission = "no_permission" "发起人已没有查看该内容的权限" "The requester may no longer see this content";
        QuestionRefused = "question_refused" "筛选条件无效" "The filter is not valid";
        TooLong = "too_long" "内容超出该格式的上限，请缩小范围或改用 CSV" "Too much for this format; narrow the filter, or take CSV";
        NoFont = "no_font" "服务器缺少中文字体，无法生成 PDF" "The server lacks a Chinese font for PDF";
        NoSpace = "no_space" "服务器存储空间不足" "The server is out of space";
        Ours = "ours" "生成时出现异常，已记录" "Something went wrong on our side; it is in the log";
    }
}

impl State {
    /// The task has not ended.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }

    /// The same export can be asked for again from here.
    #[must_use]
    pub const fn can_be_repeated(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled | Self::Expired)
    }
}

impl Source {
    /// The list whose filters and columns it has.
    #[must_use]
    pub const fn list(self) -> &'static List {
        match self {
            Self::Library => &LIBRARY,
            Self::Downloads => &CONSOLE_DOWNLOADS,
            Self::Audit => &AUDIT,
            Self::EveryAudit => &CONSOLE_AUDIT,
            Self::Ledger => &LEDGER,
            Self::Withdrawals => &WITHDRAWALS,
            Self::WithdrawalQueue => &CONSOLE_WITHDRAWALS,
            Self::TopUps => &TOP_UPS,
            Self::TopUpQueue => &CONSOLE_TOP_UPS,
            Self::InvoiceRequests => &REQUESTS,
            Self::InvoiceQueue => &CONSOLE_REQUESTS,
            Self::Bill => &BILL,
            Self::BillLines => &BILL_LINES,
        }
    }

    /// The page of that list.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Library => "/support/library",
            Self::Downloads => "/console/downloads",
            Self::Audit => "/audit",
            Self::EveryAudit => "/console/audit",
            Self::Ledger => "/sales/funds",
            Self::Withdrawals => "/sales/funds/withdrawals",
            Self::WithdrawalQueue => "/console/withdrawals",
            Self::TopUps => "/sales/funds/top-ups",
            Self::TopUpQueue => "/console/top-ups",
            Self::InvoiceRequests => "/sales/invoices",
            Self::InvoiceQueue => "/console/invoices",
            Self::Bill => "/sales/bill",
            Self::BillLines => "/sales/bill/lines",
        }
    }

    /// What it takes to see the rows.
    #[must_use]
    pub const fn rule(self) -> Option<&'static Rule> {
        match self {
            Self::Library => CanReadLibrary::RULE,
            Self::Downloads => CanSeeLibraryDownloads::RULE,
            Self::Audit => CanReadAudit::RULE,
            Self::EveryAudit => CanReadEveryAudit::RULE,
            Self::Ledger => CanSeeLedger::RULE,
            Self::Withdrawals => CanWithdraw::RULE,
            Self::WithdrawalQueue => CanReviewWithdrawals::RULE,
            Self::TopUps => CanTopUp::RULE,
            Self::TopUpQueue => CanReviewTopUps::RULE,
            Self::InvoiceRequests => CanManageInvoices::RULE,
            Self::InvoiceQueue => CanIssueInvoices::RULE,
            Self::Bill | Self::BillLines => CanExportBill::RULE,
        }
    }

    /// As which files it is offered: the statement of a bill is paper, its lines are rows.
    #[must_use]
    pub const fn kinds(self) -> &'static [FileKind] {
        match self {
            Self::Bill => &[FileKind::Pdf],
            Self::BillLines => &[FileKind::Xlsx, FileKind::Csv],
            Self::Library
            | Self::Downloads
            | Self::Audit
            | Self::EveryAudit
            | Self::Ledger
            | Self::Withdrawals
            | Self::WithdrawalQueue
            | Self::TopUps
            | Self::TopUpQueue
            | Self::InvoiceRequests
            | Self::InvoiceQueue => &[FileKind::Xlsx, FileKind::Csv, FileKind::Pdf],
        }
    }

    /// It names customers, masked: whoever asks for the first time confirms that this is known.
    #[must_use]
    pub const fn is_masked(self) -> bool {
        matches!(self, Self::Bill | Self::BillLines)
    }

    /// Sources of one side.
    #[must_use]
    pub fn of(side: Side) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|source| source.rule().is_some_and(|rule| rule.side == side)).collect()
    }
}

impl FileKind {
    /// The media type of a download.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Pdf => "application/pdf",
        }
    }
}

refusals! {
    /// What an export is refused for.
    Refusal {
        TooMany { most: i64 } = 429 "EXPORT_LIMIT", "贵公司已有 {most} 个导出任务在排队或生成。请等其中一个完成，或取消一个。", "Your company has {most} exports waiting or running. Wait for one of them, or cancel one.";
        NotOffered = 422 "INVALID" on "kind", "该列表不提供这种文件。", "This list is not offered as such a file.";
        Expired = 410 "EXPIRED", "文件已过期并清理。请按原条件重新导出。", "The file has expired and was removed. Export again with the same filter.";
        NotReady = 409 "WRONG_STATE", "文件尚未生成。请在导出记录中查看进度。", "The file is not ready yet. Export records show the progress.";
    }
}

/// The records page, `/sales/exports`.
pub const EXPORTS: List = List {
    name: "exports",
    caption: text("导出记录", "Export records"),
    filters: &[
        Filter { key: "state", label: text("状态", "State"), kind: FilterKind::Many(states) },
        Filter { key: "kind", label: text("格式", "Format"), kind: FilterKind::Many(kinds) },
        Filter { key: "made", label: text("发起时间", "Requested"), kind: FilterKind::Days },
        Filter { key: "q", label: text("文件名", "File name"), kind: FilterKind::Keyword },
    ],
    columns: COLUMNS,
    sorts: SORTS,
    default_sort: "-made",
};

/// The same in the console, `/console/exports`.
pub const CONSOLE_EXPORTS: List = List { name: "console-exports", ..EXPORTS };

const COLUMNS: &[Column] = &[
    Column::new("file", text("文件", "File")),
    Column::new("person", text("发起人", "Requested by")),
    Column::new("made", text("发起时间", "Requested")).sorts(),
    Column::new("state", text("状态与进度", "State and progress")),
    Column::new("content", text("内容", "Content")).number(),
    Column::new("expires", text("有效期", "Kept until")),
    Column::new("actions", text("操作", "Actions")),
];

const SORTS: &[Sort] = &[Sort { key: "made", label: text("发起时间", "Requested"), down_first: true }];

fn states() -> Vec<(&'static str, Text)> {
    State::ALL.iter().map(|state| (state.key(), state.label())).collect()
}

fn kinds() -> Vec<(&'static str, Text)> {
    FileKind::ALL.iter().map(|kind| (kind.key(), kind.label())).collect()
}

/// Where one side reads its records, and what it takes.
#[must_use]
pub const fn records(side: Side) -> (&'static str, &'static List, Option<&'static Rule>) {
    match side {
        Side::Vendor => ("/console/exports", &CONSOLE_EXPORTS, CanUseConsole::RULE),
        _ => ("/sales/exports", &EXPORTS, CanExportOwn::RULE),
    }
}

/// A question without page and size: a file holds all pages.
#[must_use]
pub fn whole(source: Source, query: &str) -> Asked {
    let list = source.list();
    Asked { view: String::new(), ..list.read(query).with_size(crate::list::SIZE_DEFAULT) }
}

/// The filter of a question in words: `格式：PDF、XLSX；更新：2026-01-01 至 2026-06-30`.
#[must_use]
pub fn filter_words(list: &List, asked: &Asked, lang: Lang) -> String {
    let (colon, semicolon, comma) = match lang {
        Lang::Zh => ("：", "；", "、"),
        Lang::En => (": ", "; ", ", "),
    };
    let word = |filter: &Filter| {
        let value = match filter.kind {
            FilterKind::One(_) | FilterKind::Many(_) => {
                let labels = asked.chosen(filter.key).filter_map(|key| list.option(filter.key, key)).map(|label| label.at(lang));
                labels.collect::<Vec<_>>().join(comma)
            }
            FilterKind::Days | FilterKind::DaysAhead => days_words(asked, lang),
            FilterKind::Value | FilterKind::Find(_) => asked.chosen(filter.key).collect::<Vec<_>>().join(comma),
            FilterKind::Amounts => range_words(&asked.amounts.least, &asked.amounts.most, lang),
            FilterKind::Keyword => asked.keyword.clone(),
        };
        (!value.is_empty()).then(|| format!("{}{colon}{value}", filter.label.at(lang)))
    };
    let words: Vec<String> = list.filters.iter().filter_map(word).collect();
    if words.is_empty() { text("全部", "Everything").at(lang).to_owned() } else { words.join(semicolon) }
}

fn days_words(asked: &Asked, lang: Lang) -> String {
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    range_words(&day(asked.days.from), &day(asked.days.to), lang)
}

/// A closed range; an end that is open is empty.
fn range_words(from: &str, to: &str, lang: Lang) -> String {
    match (from, to, lang) {
        ("", "", _) => String::new(),
        (from, "", Lang::Zh) => format!("{from} 起"),
        (from, "", Lang::En) => format!("from {from}"),
        ("", to, Lang::Zh) => format!("至 {to}"),
        ("", to, Lang::En) => format!("until {to}"),
        (from, to, Lang::Zh) => format!("{from} 至 {to}"),
        (from, to, Lang::En) => format!("{from} to {to}"),
    }
}

/// The name of a file: what, whose, and as of when or of which period. `资料库_澜海数科_20260618-1440.xlsx`, `伙伴账单_澜海数科_2026-05.pdf`.
#[must_use]
pub fn file_name(source: Source, asked: &Asked, company: &str, at: Moment, kind: FileKind, lang: Lang) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let company: String = company.chars().map(plain).take(40).collect();
    let time: String = at.to_minutes().chars().filter(char::is_ascii_digit).collect();
    let (day, minute) = time.split_at_checked(8).unwrap_or((&time, ""));
    let what = source.label().at(lang).replace(' ', "-");
    if let Some(period) = crate::bills::period_of(asked) {
        return format!("{what}_{company}_{period}.{}", kind.key());
    }
    format!("{what}_{company}_{day}-{minute}.{}", kind.key())
}

/// A task as the records page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRow {
    /// The task.
    pub id: Id,
    /// Its version, for the next step.
    pub version: i64,
    /// Of which list.
    pub source: Source,
    /// What kind of file.
    pub kind: FileKind,
    /// The file's name.
    pub file_name: String,
    /// Its filter in words, in the language it was asked in.
    pub filter: String,
    /// The address of the page with the same filter.
    pub page: String,
    /// Who asked for it.
    pub person: String,
    /// When.
    pub made: Moment,
    /// Its state.
    pub state: State,
    /// Place in the queue, from 1; 0 when it does not wait.
    pub place: i64,
    /// Rows written.
    pub rows_done: i64,
    /// Rows in all, as soon as they are counted.
    pub rows_total: i64,
    /// Seconds that are left at the pace so far, while it runs.
    pub seconds_left: Option<i64>,
    /// Size of the file in bytes.
    pub size_bytes: i64,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
    /// Until when the file is kept.
    pub expires: Option<Moment>,
    /// Why it failed.
    pub problem: Option<Problem>,
    /// Runs so far.
    pub tries: i64,
}

/// The records page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportPage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<ExportRow>,
    /// All that match.
    pub total: i64,
    /// How many tasks are in each state, whatever the state filter.
    pub counts: Vec<(State, i64)>,
    /// Business day.
    pub today: Day,
    /// Columns, density and the menus above the list.
    pub setup: Setup,
    /// The task that the address names, beside the list.
    pub panel: Option<crate::Drawn>,
}

#[cfg(test)]
mod tests;
