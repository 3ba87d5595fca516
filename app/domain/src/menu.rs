//! The menu of the portal and of the console (domain.md 2), as a table.
//!
//! An entry of another identity is absent. An entry that lacks a gate somebody can fix stays, locked, with its reason. An
//! entry that the role lacks is absent; its address answers with the why-not page.

use crate::{
    access::{
        CanExportOwn, CanIssueInvoices, CanManageAgreements, CanManageBills, CanManageInvoices, CanManageLibrary, CanManageSites,
        CanOperate, CanReadEveryAudit, CanReadLibrary, CanReviewInformation, CanReviewTopUps, CanReviewWithdrawals, CanSeeBalance,
        CanSeeBill, CanSeeLibraryDownloads, CanTopUp, CanUseConsole, CanWithdraw, Permission, Rule, Standing,
    },
    text::{Text, text},
    why_not::{Reason, WhyNot},
};

/// A group of the top navigation or of the console's rail.
#[derive(Debug)]
pub struct Group {
    /// Stable key.
    pub key: &'static str,
    /// Its word; the owner's, for the portal [S].
    pub label: Text,
    /// Its index page.
    pub path: &'static str,
    /// Its parts, each a column of the menu.
    pub parts: &'static [Part],
}

/// Entries that belong together.
#[derive(Debug)]
pub struct Part {
    /// Its word, where the group has more than one kind of pages.
    pub label: Option<Text>,
    /// Its entries.
    pub entries: &'static [Entry],
}

/// A page in the menu.
#[derive(Debug)]
pub struct Entry {
    /// Its word.
    pub label: Text,
    /// What it is for, on the second line.
    pub hint: Text,
    /// Its address.
    pub path: &'static str,
    /// What it takes to open it.
    pub rule: Option<&'static Rule>,
}

/// How an entry shows to a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A link.
    Open,
    /// A locked link with its reason.
    Locked(Box<WhyNot>),
    /// Not there.
    Absent,
}

/// The portal's top navigation.
pub const PORTAL: &[Group] = &[
    Group { key: "home", label: text("主页", "Home"), path: "/", parts: &[] },
    Group {
        key: "sales",
        label: text("销售", "Sales"),
        path: "/sales",
        parts: &[Part {
            label: Some(text("账务", "Accounts")),
            entries: &[
                Entry {
                    label: text("伙伴账单", "Partner bill"),
                    hint: text("账期、明细与付款", "Periods, lines and payment"),
                    path: "/sales/bill",
                    rule: CanSeeBill::RULE,
                },
                Entry {
                    label: text("资金管理", "Funds"),
                    hint: text("余额与收支明细", "Balance, income and expense"),
                    path: "/sales/funds",
                    rule: CanSeeBalance::RULE,
                },
                Entry {
                    label: text("充值", "Top-up"),
                    hint: text("认领汇款与充值记录", "Claim a remittance, see what came in"),
                    path: "/sales/funds/top-ups",
                    rule: CanTopUp::RULE,
                },
                Entry {
                    label: text("提现", "Withdrawals"),
                    hint: text("申请提现与查看进度", "Request a withdrawal, see how it goes"),
                    path: "/sales/funds/withdrawals",
                    rule: CanWithdraw::RULE,
                },
                Entry {
                    label: text("发票管理", "Invoices"),
                    hint: text("申请开票与发票信息", "Request invoices, keep invoice information"),
                    path: "/sales/invoices",
                    rule: CanManageInvoices::RULE,
                },
                Entry {
                    label: text("导出记录", "Export records"),
                    hint: text("进度、文件与校验值", "Progress, files and checksums"),
                    path: "/sales/exports",
                    rule: CanExportOwn::RULE,
                },
            ],
        }],
    },
    Group {
        key: "support",
        label: text("支持", "Support"),
        path: "/support",
        parts: &[Part {
            label: None,
            entries: &[Entry {
                label: text("资料库", "Resource library"),
                hint: text("政策、方案与操作指引", "Policies, solutions and guides"),
                path: "/support/library",
                rule: CanReadLibrary::RULE,
            }],
        }],
    },
];

/// The console's rail.
pub const CONSOLE: &[Group] = &[
    Group {
        key: "console",
        label: text("工作台", "Workbench"),
        path: "/console",
        parts: &[Part {
            label: None,
            entries: &[Entry {
                label: text("概览", "Overview"),
                hint: text("待办与动态", "To-dos and news"),
                path: "/console",
                rule: CanUseConsole::RULE,
            }],
        }],
    },
    Group {
        key: "review",
        label: text("审核", "Reviews"),
        path: "/console/withdrawals",
        parts: &[Part {
            label: None,
            entries: &[
                Entry {
                    label: text("提现审核", "Withdrawal review"),
                    hint: text("审核、复核与打款", "Review, second review, payout"),
                    path: "/console/withdrawals",
                    rule: CanReviewWithdrawals::RULE,
                },
                Entry {
                    label: text("充值认领", "Top-up claims"),
                    hint: text("核对到账，入账或驳回", "Compare with the bank, credit or refuse"),
                    path: "/console/top-ups",
                    rule: CanReviewTopUps::RULE,
                },
                Entry {
                    label: text("发票审核", "Invoices to issue"),
                    hint: text("开具、寄出与退票", "Issue, send, take back"),
                    path: "/console/invoices",
                    rule: CanIssueInvoices::RULE,
                },
                Entry {
                    label: text("发票信息审核", "Invoice information"),
                    hint: text("抬头申请与信息变更", "Further titles, changes"),
                    path: "/console/invoices/information",
                    rule: CanReviewInformation::RULE,
                },
            ],
        }],
    },
    Group {
        key: "business",
        label: text("业务", "Business"),
        path: "/console/bills",
        parts: &[Part {
            label: None,
            entries: &[
                Entry {
                    label: text("账单与出账", "Bills"),
                    hint: text("预估、出账与调账", "Estimates, issuing, adjustments"),
                    path: "/console/bills",
                    rule: CanManageBills::RULE,
                },
                Entry {
                    label: text("协议", "Agreements"),
                    hint: text("起草、发布与签署情况", "Write, publish, see who accepted"),
                    path: "/console/agreements",
                    rule: CanManageAgreements::RULE,
                },
            ],
        }],
    },
    Group {
        key: "content",
        label: text("资料与知识", "Library and knowledge"),
        path: "/console/library",
        parts: &[Part {
            label: None,
            entries: &[
                Entry {
                    label: text("资料库", "Resource library"),
                    hint: text("上传、发布与下线", "Upload, publish, withdraw"),
                    path: "/console/library",
                    rule: CanManageLibrary::RULE,
                },
                Entry {
                    label: text("下载记录", "Downloads"),
                    hint: text("谁下载了哪个版本", "Who downloaded which version"),
                    path: "/console/downloads",
                    rule: CanSeeLibraryDownloads::RULE,
                },
                Entry {
                    label: text("外部网站", "Outside web sites"),
                    hint: text("自有域名与访问次数", "Own hosts, and where people go"),
                    path: "/console/sites",
                    rule: CanManageSites::RULE,
                },
                Entry {
                    label: text("导出记录", "Export records"),
                    hint: text("进度、文件与校验值", "Progress, files and checksums"),
                    path: "/console/exports",
                    rule: CanUseConsole::RULE,
                },
            ],
        }],
    },
    Group {
        key: "system",
        label: text("系统", "System"),
        path: "/console/audit",
        parts: &[Part {
            label: None,
            entries: &[
                Entry {
                    label: text("审计日志", "Audit log"),
                    hint: text("全部公司的每一次变更", "Every change of every company"),
                    path: "/console/audit",
                    rule: CanReadEveryAudit::RULE,
                },
                Entry {
                    label: text("运行状况", "Operations"),
                    hint: text("任务、导出、邮件与存储", "Jobs, exports, mail and storage"),
                    path: "/console/operations",
                    rule: CanOperate::RULE,
                },
            ],
        }],
    },
];

/// The pages that a person may open and whose words hold what was typed, small or capital, in either language.
#[must_use]
pub fn found(groups: &'static [Group], standing: &Standing, typed: &str) -> Vec<&'static Entry> {
    let typed = typed.trim().to_lowercase();
    let says = |text: Text| text.zh.to_lowercase().contains(&typed) || text.en.to_lowercase().contains(&typed);
    let entries = groups.iter().flat_map(|group| group.entries().map(move |entry| (group, entry)));
    let fits = entries.filter(|(group, entry)| says(entry.label) || says(entry.hint) || says(group.label));
    fits.map(|(_, entry)| entry).filter(|entry| entry.shown_to(standing) == Shown::Open).collect()
}

impl Entry {
    /// How this entry shows to a caller.
    #[must_use]
    pub fn shown_to(&self, standing: &Standing) -> Shown {
        let Some(rule) = self.rule else {
            return Shown::Open;
        };
        match standing.may(rule) {
            Ok(()) => Shown::Open,
            Err(why) if matches!(why.reason, Reason::ProgramNeeded | Reason::AgreementPending) && standing.holds(rule) => {
                Shown::Locked(why)
            }
            Err(_) => Shown::Absent,
        }
    }
}

impl Group {
    /// The entries of all its parts.
    pub fn entries(&self) -> impl Iterator<Item = &'static Entry> {
        self.parts.iter().flat_map(|part| part.entries)
    }

    /// The group has no pages but its own, or the caller sees one of them.
    #[must_use]
    pub fn is_shown_to(&self, standing: &Standing) -> bool {
        self.parts.is_empty() || self.entries().any(|entry| entry.shown_to(standing) != Shown::Absent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{Program, Role, Side},
        id::Id,
    };

    fn member(programs: &[Program]) -> Standing {
        Standing {
            account: Id(1),
            tenant: Id(2),
            side: Side::Partner,
            name: "林晓雯".into(),
            email: "finance@lanhai.example".into(),
            company: "杭州澜海数科技术有限公司".into(),
            company_short: "澜海数科".into(),
            identities: Vec::new(),
            programs: programs.to_vec(),
            real_name: None,
            agreement: Some(("2026-03-05".parse().expect("a day"), "陈思远".into())),
            agreement_due: None,
            roles: vec![Role::FinanceClerk],
            administrators: Vec::new(),
        }
    }

    fn paths(standing: &Standing, typed: &str) -> Vec<&'static str> {
        found(PORTAL, standing, typed).into_iter().map(|entry| entry.path).collect()
    }

    #[test]
    fn pages_are_found_by_their_words_in_either_language() {
        let member = member(&[Program::CoDevelopment]);
        assert!(paths(&member, "资料").contains(&"/support/library"));
        assert!(paths(&member, " LIBRARY ").contains(&"/support/library"));
        assert!(paths(&member, "没有这样的页面").is_empty());
    }

    #[test]
    fn a_page_that_is_locked_or_of_another_side_is_not_found() {
        let newcomer = member(&[]);
        assert!(!paths(&newcomer, "资料").contains(&"/support/library"));
        assert!(found(CONSOLE, &newcomer, "").is_empty());
    }
}
