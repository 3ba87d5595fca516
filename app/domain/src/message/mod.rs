//! Messages (domain.md 4.5): what people are told about, by which way, and when a mail may go.

mod notice;

pub use notice::{Mail, Notice, linked, mail};

use crate::{
    id::Id,
    keyed,
    list::{Asked, Column, Filter, FilterKind, List, Sort},
    machine::{Keyed, Kind},
    text::{Text, text},
    time::{Day, Moment},
};
use serde::{Deserialize, Serialize};

/// A person gets one mail about messages in this time; what was read meanwhile is not in it (4.5).
pub const DIGEST_SECONDS: i64 = 30 * 60;
/// Messages that one mail tells; it says how many more there are.
pub const TOLD_MAX: usize = 20;
/// Messages are kept this long.
pub const KEPT_DAYS: i64 = 365;
/// How often an open page looks for new messages, in seconds.
pub const LOOK_SECONDS: u32 = 30;

keyed! {
    /// What messages are about.
    Topic {
        Export = "export" "导出" "Exports";
        Bill = "bill" "伙伴账单" "Partner bills";
        Withdrawal = "withdrawal" "提现" "Withdrawals";
        Funds = "funds" "资金" "Funds";
        Invoice = "invoice" "发票" "Invoices";
        Incentive = "incentive" "激励账单" "Incentive statements";
        PaymentRequest = "payment_request" "申请发放" "Payment requests";
        Nre = "nre" "一次性工程费用(NRE)" "One-time engineering fee (NRE)";
        Fh = "fh" "专职人员激励(FH)" "Dedicated personnel incentive (FH)";
        Reconciliation = "reconciliation" "对账结算" "Reconciliation";
        Specialist = "specialist" "项目专员" "Project specialists";
        Label = "label" "能力标签" "Capability labels";
        Offer = "offer" "专属优惠" "Exclusive offers";
        Customer = "customer" "客户" "Customers";
        Company = "company" "公司与计划" "Company and programs";
        Access = "access" "账号与权限" "Account and access";
        Library = "library" "资料库" "Resource library";
    }
}

keyed! {
    /// A way to a person.
    Channel {
        App = "app" "站内信" "In-app";
        Mail = "mail" "邮件" "E-mail";
    }
}

/// What a topic does as long as nobody has chosen otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    /// A mail tells it, too.
    pub mail: bool,
    /// Money, security and deadlines: it cannot be switched off in the app.
    pub always_in_app: bool,
}

impl Topic {
    /// The table of 4.5.
    #[must_use]
    pub const fn usual(self) -> Usual {
        let (mail, always_in_app) = match self {
            Self::Export | Self::Offer | Self::Customer | Self::Library => (false, false),
            Self::Specialist | Self::Company => (true, false),
            Self::Bill
            | Self::Withdrawal
            | Self::Funds
            | Self::Invoice
            | Self::Incentive
            | Self::PaymentRequest
            | Self::Nre
            | Self::Fh
            | Self::Reconciliation
            | Self::Label
            | Self::Access => (true, true),
        };
        Usual { mail, always_in_app }
    }

    /// Security does not wait for the digest, and reading in the app does not stop its mail: whoever has broken into an account reads there.
    #[must_use]
    pub const fn mails_at_once(self) -> bool {
        matches!(self, Self::Access)
    }

    /// Topics of which something can be told today.
    #[must_use]
    pub fn in_use() -> Vec<Self> {
        Self::ALL.iter().copied().filter(|topic| notice::TOPICS.contains(topic)).collect()
    }
}

/// How one person wants to be told of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The topic.
    pub topic: Topic,
    /// In the app.
    pub app: bool,
    /// By mail.
    pub mail: bool,
}

impl Choice {
    /// What holds while nothing was chosen.
    #[must_use]
    pub const fn usual(topic: Topic) -> Self {
        Self { topic, app: true, mail: topic.usual().mail }
    }

    /// What was chosen, as far as it may be.
    #[must_use]
    pub const fn allowed(self) -> Self {
        Self { app: self.app || self.topic.usual().always_in_app, ..self }
    }
}

keyed! {
    /// Whether a message was read.
    Read {
        Unread = "unread" "未读" "Unread";
        Done = "read" "已读" "Read";
    }
}

impl Read {
    /// How it looks.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Unread => Kind::Run,
            Self::Done => Kind::Ended,
        }
    }
}

/// The message centre, `/messages`.
pub const MESSAGES: List = List {
    name: "messages",
    caption: text("消息", "Messages"),
    filters: &[
        Filter { key: "topic", label: text("主题", "Topic"), kind: FilterKind::Many(topics) },
        Filter { key: "state", label: text("状态", "State"), kind: FilterKind::One(states) },
        Filter { key: "at", label: text("时间", "Time"), kind: FilterKind::Days },
    ],
    columns: &[
        Column::new("title", text("消息", "Message")),
        Column::new("topic", text("主题", "Topic")),
        Column::new("state", text("状态", "State")),
        Column::new("at", text("时间", "Time")).sorts(),
    ],
    sorts: &[Sort { key: "at", label: text("时间", "Time"), down_first: true }],
    default_sort: "-at",
};

fn topics() -> Vec<(&'static str, Text)> {
    Topic::in_use().into_iter().map(|topic| (topic.key(), topic.label())).collect()
}

fn states() -> Vec<(&'static str, Text)> {
    Read::ALL.iter().map(|state| (state.key(), state.label())).collect()
}

/// A message as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageRow {
    /// Its id.
    pub id: Id,
    /// What it is about.
    pub topic: Topic,
    /// What happened.
    pub title: String,
    /// The rest of it.
    pub body: String,
    /// When.
    pub at: Moment,
    /// Whether it was read.
    pub state: Read,
}

/// The message centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePage {
    /// The question.
    pub asked: Asked,
    /// Its rows.
    pub rows: Vec<MessageRow>,
    /// All that match.
    pub total: i64,
    /// All of the reader's.
    pub all: i64,
    /// Those that are not read.
    pub unread: i64,
    /// Business day.
    pub today: Day,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_security_and_deadlines_stay_in_the_app_whatever_is_chosen() {
        let kept: Vec<_> = Topic::ALL.iter().filter(|topic| topic.usual().always_in_app).map(|topic| topic.key()).collect();
        let expected =
            ["bill", "withdrawal", "funds", "invoice", "incentive", "payment_request", "nre", "fh", "reconciliation", "label", "access"];
        assert_eq!(kept, expected);
        let off = |topic| Choice { topic, app: false, mail: false }.allowed();
        assert_eq!(off(Topic::Access), Choice { topic: Topic::Access, app: true, mail: false });
        assert!(!off(Topic::Export).app);
    }

    #[test]
    fn the_defaults_are_those_of_the_table() {
        let without_mail: Vec<_> = Topic::ALL.iter().filter(|topic| !topic.usual().mail).map(|topic| topic.key()).collect();
        assert_eq!(without_mail, ["export", "offer", "customer", "library"]);
        assert!(Topic::ALL.iter().all(|topic| Choice::usual(*topic).app));
    }

    #[test]
    fn the_list_offers_topics_of_which_something_can_be_told() {
        assert_eq!(
            Topic::in_use(),
            [Topic::Export, Topic::Bill, Topic::Withdrawal, Topic::Funds, Topic::Invoice, Topic::Company, Topic::Access, Topic::Library]
        );
        assert_eq!(MESSAGES.write(&MESSAGES.read("topic=access&topic=nre&state=unread&state=x")), "topic=access");
        assert_eq!(MESSAGES.write(&MESSAGES.read("state=unread&q=x")), "state=unread");
    }
}
