//! Why not: the reason, who can fix it, and where (product.md: there is no bare "no permission").

use crate::{
    access::rule,
    text::{Lang, Said, Text, text},
    time::Day,
};
use serde::{Deserialize, Serialize};

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The account does not belong to the partner network.
    NotInNetwork,
    /// A mandatory agreement waits for an administrator.
    AgreementPending,
    /// The company has joined no partner program.
    ProgramNeeded,
    /// The role lacks the permission.
    RoleNeeded,
    /// The page belongs to the other side.
    OtherSide,
}

/// A condition of a gate and how far the company is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// Enterprise real-name authentication, with the day it was passed.
    RealName {
        /// The day, when it is done.
        done: Option<Day>,
    },
    /// The network agreement, with day and person.
    Agreement {
        /// Day and person, when it is done.
        done: Option<(Day, String)>,
    },
    /// A mandatory agreement that was not accepted yet.
    MandatoryAgreement {
        /// Its title.
        title: Said,
    },
    /// Any partner program.
    AnyProgram {
        /// It is done.
        done: bool,
    },
}

/// Why a caller may not, as page, function and API tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyNot {
    /// The reason.
    pub reason: Reason,
    /// The code of the permission that was asked for.
    pub permission: String,
    /// Names of the people who can fix it.
    pub who: Vec<String>,
    /// The reader is one of them.
    pub is_administrator: bool,
    /// The conditions of the gate, met or not.
    pub conditions: Vec<Condition>,
}

impl Reason {
    /// The stable code: `data-code` in the page, `code` in answers.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotInNetwork => "NOT_IN_NETWORK",
            Self::AgreementPending => "AGREEMENT_PENDING",
            Self::ProgramNeeded => "PROGRAM_NEEDED",
            Self::RoleNeeded => "FORBIDDEN",
            Self::OtherSide => "OTHER_SIDE",
        }
    }

    /// Where it can be fixed, and what the link says.
    #[must_use]
    pub const fn fix(self) -> (&'static str, Text) {
        match self {
            Self::NotInNetwork => ("/join", text("查看加入步骤", "See how to join")),
            Self::AgreementPending => ("/agreements", text("阅读协议", "Read the agreement")),
            Self::ProgramNeeded => ("/account/programs", text("了解计划", "See the programs")),
            Self::RoleNeeded => ("/", text("返回主页", "Back to home")),
            Self::OtherSide => ("/", text("返回主页", "Back to home")),
        }
    }
}

impl WhyNot {
    /// The heading.
    #[must_use]
    pub fn title(&self, lang: Lang) -> String {
        match self.reason {
            Reason::NotInNetwork => {
                text("加入伙伴网络后可使用伙伴中心", "Join the partner network to use Partner Center").at(lang).to_owned()
            }
            Reason::AgreementPending => text("请先签署协议", "An agreement has to be accepted first").at(lang).to_owned(),
            Reason::ProgramNeeded => {
                text("加入任一伙伴计划后可使用资料库", "Join any partner program to use the resource library").at(lang).to_owned()
            }
            Reason::RoleNeeded => match lang {
                Lang::Zh => format!("您的角色不包含“{}”", self.permission_label(lang)),
                Lang::En => format!("Your role doesn't include “{}”", self.permission_label(lang)),
            },
            Reason::OtherSide => text("该页面不属于您的账号", "This page is not for your kind of account").at(lang).to_owned(),
        }
    }

    /// The sentence: what is missing and who acts.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let open = self.conditions.iter().filter(|condition| !condition.is_done()).count();
        match (self.reason, lang) {
            (Reason::NotInNetwork, Lang::Zh) => "该账号尚未加入伙伴网络。完成以下步骤后即可使用。".to_owned(),
            (Reason::NotInNetwork, Lang::En) => "This account is not in the partner network yet. These steps lead there.".to_owned(),
            (Reason::AgreementPending, Lang::Zh) => {
                format!("《{}》须由贵公司的管理员签署。签署后，所有功能立即恢复使用。", self.agreement(lang))
            }
            (Reason::AgreementPending, Lang::En) => {
                format!("An administrator of your company has to accept “{}”. Then everything can be used again.", self.agreement(lang))
            }
            (Reason::ProgramNeeded, Lang::Zh) => format!("资料库向已加入伙伴计划的伙伴开放。贵公司还差 {open} 步。"),
            (Reason::ProgramNeeded, Lang::En) if open == 1 => {
                "The library is open to partners in a program. Your company is 1 step away.".to_owned()
            }
            (Reason::ProgramNeeded, Lang::En) => {
                format!("The library is open to partners in a program. Your company is {open} steps away.")
            }
            (Reason::RoleNeeded, Lang::Zh) => format!("您的角色不包含“{}”。请联系管理员授予。", self.permission_label(lang)),
            (Reason::RoleNeeded, Lang::En) => {
                format!("Your role doesn't include “{}”. Ask an administrator.", self.permission_label(lang))
            }
            (Reason::OtherSide, Lang::Zh) => "该页面供另一方使用。请使用对应的账号登录，或返回主页。".to_owned(),
            (Reason::OtherSide, Lang::En) => {
                "This page is used by the other side. Sign in with an account of that side, or go back to home.".to_owned()
            }
        }
    }

    /// Who can fix it.
    #[must_use]
    pub fn who_can(&self, lang: Lang) -> String {
        let words = match self.reason {
            Reason::AgreementPending if self.is_administrator => text(
                "您是管理员，可以阅读并签署。贵公司的管理员：",
                "You are an administrator and can accept it yourself. Your administrators:",
            ),
            Reason::AgreementPending => text("等待以下任一位管理员签署：", "It waits for any one of your administrators:"),
            Reason::ProgramNeeded if self.is_administrator => text(
                "您是管理员，可以直接加入计划。贵公司的管理员：",
                "You are an administrator and can join a program yourself. Your administrators:",
            ),
            Reason::ProgramNeeded => {
                text("只有管理员可以加入计划。贵公司的管理员：", "Only an administrator can join a program. Your administrators:")
            }
            Reason::NotInNetwork => text("企业账号的管理员可以办理：", "The administrator of the company account can do this:"),
            Reason::RoleNeeded => text("管理员可以授予该权限。贵公司的管理员：", "An administrator can grant it. Your administrators:"),
            Reason::OtherSide => text("该页面的使用方：", "Used by:"),
        };
        words.at(lang).to_owned()
    }

    /// The title of the agreement that waits.
    fn agreement(&self, lang: Lang) -> &str {
        self.conditions.iter().find_map(|condition| condition.agreement(lang)).unwrap_or_default()
    }

    fn permission_label(&self, lang: Lang) -> &'static str {
        rule(&self.permission).map_or("", |rule| rule.label.at(lang))
    }
}

impl Condition {
    /// The condition is met.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        match self {
            Self::RealName { done } => done.is_some(),
            Self::Agreement { done } => done.is_some(),
            Self::MandatoryAgreement { .. } => false,
            Self::AnyProgram { done } => *done,
        }
    }

    fn agreement(&self, lang: Lang) -> Option<&str> {
        match self {
            Self::MandatoryAgreement { title } => Some(title.at(lang)),
            Self::RealName { .. } | Self::Agreement { .. } | Self::AnyProgram { .. } => None,
        }
    }

    /// What it is.
    #[must_use]
    pub const fn label(&self) -> Text {
        match self {
            Self::RealName { .. } => text("企业实名认证", "Enterprise real-name authentication"),
            Self::Agreement { .. } => text("签署伙伴网络协议", "Accept the partner network agreement"),
            Self::MandatoryAgreement { .. } => text("签署必签协议", "Accept the mandatory agreement"),
            Self::AnyProgram { .. } => text("加入任一伙伴计划", "Join any partner program"),
        }
    }

    /// When it was met, or what meeting it takes.
    #[must_use]
    pub fn note(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::RealName { done: Some(day) }, Lang::Zh) => format!("{day} 完成"),
            (Self::RealName { done: Some(day) }, Lang::En) => format!("Done on {day}"),
            (Self::RealName { done: None }, Lang::Zh) => "提交营业执照，约 1 个工作日".to_owned(),
            (Self::RealName { done: None }, Lang::En) => "Submit the business licence; takes about 1 working day".to_owned(),
            (Self::Agreement { done: Some((day, who)) }, Lang::Zh) => format!("{day}，{who}签署"),
            (Self::Agreement { done: Some((day, who)) }, Lang::En) => format!("{day}, accepted by {who}"),
            (Self::Agreement { done: None }, Lang::Zh) => "由管理员在线阅读并签署".to_owned(),
            (Self::Agreement { done: None }, Lang::En) => "An administrator reads and accepts it online".to_owned(),
            (Self::MandatoryAgreement { title }, Lang::Zh) => format!("《{}》", title.zh),
            (Self::MandatoryAgreement { title }, Lang::En) => title.en.clone(),
            (Self::AnyProgram { done: true }, Lang::Zh) => "已加入".to_owned(),
            (Self::AnyProgram { done: true }, Lang::En) => "Joined".to_owned(),
            (Self::AnyProgram { done: false }, Lang::Zh) => "共拓计划勾选即可加入，无需审核；其他计划约 5 个工作日".to_owned(),
            (Self::AnyProgram { done: false }, Lang::En) => {
                "The co-development program needs no review; others take about 5 working days".to_owned()
            }
        }
    }
}
