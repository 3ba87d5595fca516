//! The audit log as people read it (domain.md 4.9): who did what to which object, when and from where.

use crate::{
    list::{Asked, Column, Filter, FilterKind, InFile, List, Sort},
    text::{Text, text},
    time::{Day, Moment},
};
use serde::{Deserialize, Serialize};

/// What can be done, by the key in the log. A test holds it against the events.
pub const ACTIONS: &[(&str, Text)] = &[
    ("signed_in", text("登录", "Signed in")),
    ("signed_out_everywhere", text("退出全部设备", "Signed out everywhere")),
    ("reauthenticated", text("再次验证密码", "Typed the password again")),
    ("code_sent", text("发送验证码", "Code sent")),
    ("help_requested", text("请求管理员协助", "Asked the administrators")),
    ("program_joined", text("加入伙伴计划", "Joined a program")),
    ("agreement_drafted", text("起草协议", "Agreement written")),
    ("agreement_moved", text("变更协议状态", "Agreement moved")),
    ("agreement_accepted", text("签署协议", "Agreement accepted")),
    ("agreement_expired", text("协议逾期未签", "Agreement not accepted in time")),
    ("document_created", text("上传资料", "Document uploaded")),
    ("document_described", text("修改资料信息", "Document described")),
    ("document_replaced", text("替换资料版本", "Document replaced")),
    ("document_moved", text("变更资料状态", "Document moved")),
    ("export_requested", text("发起导出", "Export requested")),
    ("export_completed", text("导出完成", "Export completed")),
    ("export_downloaded", text("下载导出文件", "Export downloaded")),
    ("export_moved", text("变更导出任务", "Export moved")),
    ("own_host_added", text("添加自有域名", "Own host added")),
    ("own_host_removed", text("移除自有域名", "Own host removed")),
    ("work_retried", text("重试任务", "Work tried again")),
    ("ledger_posted", text("账务入账", "Posted to the ledger")),
    ("withdrawal_submitted", text("提交提现申请", "Withdrawal requested")),
    ("withdrawal_moved", text("变更提现状态", "Withdrawal moved")),
    ("two_people_set", text("设置提现内部复核", "Internal check of withdrawals set")),
    ("balance_alert_set", text("设置余额预警", "Balance alert set")),
    ("top_up_claimed", text("认领汇款", "Remittance claimed")),
    ("top_up_moved", text("变更充值状态", "Top-up moved")),
    ("invoice_requested", text("申请开票", "Invoice requested")),
    ("invoice_moved", text("变更发票状态", "Invoice moved")),
    ("invoice_information_saved", text("保存发票信息", "Invoice information saved")),
    ("invoice_information_deleted", text("删除发票信息", "Invoice information deleted")),
    ("invoice_review_asked", text("提交发票信息审核", "Invoice information handed in for review")),
    ("invoice_review_decided", text("审核发票信息", "Invoice information reviewed")),
    ("bank_account_saved", text("设置收款账户", "Bank account saved")),
    ("bank_account_removed", text("移除收款账户", "Bank account removed")),
    ("bill_estimated", text("生成预估账单", "Bill estimated")),
    ("bill_issued", text("账单出账", "Bill issued")),
    ("bill_paid", text("支付账单", "Bill paid")),
    ("bill_overdue", text("账单逾期", "Bill overdue")),
    ("bill_adjusted", text("账单调账", "Bill adjusted")),
    ("bills_imported", text("导入账单明细", "Bill lines imported")),
    ("masking_confirmed", text("确认脱敏说明", "Masking notice confirmed")),
    ("customers_revealed", text("查看客户名称", "Customer names shown")),
    ("account_revealed", text("查看完整银行账号", "Whole account number shown")),
    ("library_imported", text("批量导入资料", "Library imported")),
];

/// The log, `/audit`.
pub const AUDIT: List = List {
    name: "audit",
    caption: text("审计日志", "Audit log"),
    filters: &[
        Filter { key: "action", label: text("操作", "Action"), kind: FilterKind::Many(actions) },
        Filter { key: "actor", label: text("人员", "Person"), kind: FilterKind::Find("/fn/audit/names") },
        Filter { key: "at", label: text("时间", "Time"), kind: FilterKind::Days },
        Filter { key: "q", label: text("人员或对象", "Person or object"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("at", text("时间", "Time")).sorts().file(InFile::Moment),
        Column::new("person", text("人员", "Person")).file(InFile::Text(16)),
        Column::new("action", text("操作", "Action")).file(InFile::Text(20)),
        Column::new("object", text("对象", "Object")).file(InFile::Text(40)),
        Column::new("address", text("网络地址", "Address")).file(InFile::Text(18)),
        Column::new("seq", text("序号", "No.")).number().file(InFile::Integer),
        Column::new("detail", text("明细", "Detail")).file(InFile::Text(60)).only_in_file(),
        Column::new("hash", text("校验值", "Hash")).file(InFile::Text(64)).only_in_file(),
    ],
    sorts: &[Sort { key: "at", label: text("时间", "Time"), down_first: true }],
    default_sort: "-at",
};

/// The logs of all companies, `/console/audit`.
pub const CONSOLE_AUDIT: List = List {
    name: "console-audit",
    caption: text("全部公司的审计日志", "Audit log of all companies"),
    filters: &[
        Filter { key: "action", label: text("操作", "Action"), kind: FilterKind::Many(actions) },
        Filter { key: "company", label: text("公司", "Company"), kind: FilterKind::Find("/fn/audit/every-name") },
        Filter { key: "actor", label: text("人员", "Person"), kind: FilterKind::Find("/fn/audit/every-name") },
        Filter { key: "at", label: text("时间", "Time"), kind: FilterKind::Days },
        Filter { key: "q", label: text("公司、人员或对象", "Company, person or object"), kind: FilterKind::Keyword },
    ],
    columns: &[
        Column::new("at", text("时间", "Time")).sorts().file(InFile::Moment),
        Column::new("company", text("公司", "Company")).file(InFile::Text(30)),
        Column::new("person", text("人员", "Person")).file(InFile::Text(16)),
        Column::new("action", text("操作", "Action")).file(InFile::Text(20)),
        Column::new("object", text("对象", "Object")).file(InFile::Text(40)),
        Column::new("title", text("对象名称", "Name of the object")).file(InFile::Text(40)).only_in_file(),
        Column::new("address", text("网络地址", "Address")).file(InFile::Text(18)),
        Column::new("seq", text("序号", "No.")).number().file(InFile::Integer),
        Column::new("detail", text("明细", "Detail")).file(InFile::Text(60)).only_in_file(),
        Column::new("hash", text("校验值", "Hash")).file(InFile::Text(64)).only_in_file(),
    ],
    ..AUDIT
};

fn actions() -> Vec<(&'static str, Text)> {
    ACTIONS.to_vec()
}

/// The word of an action.
#[must_use]
pub fn action(key: &str) -> Option<Text> {
    ACTIONS.iter().find(|(other, _)| *other == key).map(|(_, label)| *label)
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// Its number in the company's chain.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub person: String,
    /// What, as a key.
    pub action: String,
    /// To what.
    pub object: String,
    /// The values, as JSON.
    pub detail: String,
    /// From which network address.
    pub address: String,
    /// The hash that the next row follows.
    pub hash: String,
    /// The company whose log it is.
    pub company: String,
    /// The title of the object, where it is a document.
    pub title: Option<String>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<AuditRow>,
    /// All that match.
    pub total: i64,
    /// Business day.
    pub today: Day,
}
