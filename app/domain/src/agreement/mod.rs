//! Agreements between the vendor and its partners (domain.md F0 and 6.15): versions, for whom, until when, and where a company stands with each.
//!
//! What a company has not accepted is a matter of time: a state is worked out from the version, the acceptance and the clock, and never kept.

use crate::{
    id::Id,
    library::{Audience, is_plain},
    machine, refusals,
    text::Said,
    time::{Day, Moment},
};
use serde::{Deserialize, Serialize};

mod lists;
mod view;

pub use lists::{ACCEPTANCES, AGREEMENTS, CONSOLE_AGREEMENTS};
pub use view::{AcceptanceRow, Accepted, AgreementDetail, AgreementPage, AgreementRow, ConsoleDetail, ConsolePage, ConsoleRow, FormStart};

/// Longest title in characters.
pub const TITLE_MAX: usize = 120;
/// Longest text in characters, of each language: both fit into what is kept of a form that was refused.
pub const TEXT_MAX: usize = 10_000;
/// Longest key of an agreement.
pub const KEY_MAX: usize = 40;

machine! {
    /// Where a company stands with an agreement (F0).
    State Step {
        states {
            Pending = "pending" Act "待签署" "To accept";
            Accepted = "accepted" Good "已签署" "Accepted";
            Superseded = "superseded" Ended "已更新" "Superseded";
            Expired = "expired" Ended "已过期" "Expired";
        }
        steps {
            Accept = "accept": Pending => Accepted;
            Supersede = "supersede": Pending | Accepted => Superseded;
            Expire = "expire": Pending => Expired;
        }
    }
}

machine! {
    /// The life of one version on the vendor's side.
    Stage Move {
        states {
            Draft = "draft" Draft "草稿" "Draft";
            Published = "published" Good "已发布" "Published";
            Closed = "closed" Ended "已截止" "Closed";
            Superseded = "superseded" Ended "已更新" "Superseded";
            Discarded = "discarded" Ended "已作废" "Discarded";
        }
        steps {
            Publish = "publish": Draft => Published;
            Discard = "discard": Draft => Discarded;
            Close = "close": Published => Closed;
            Supersede = "supersede": Published | Closed => Superseded;
        }
    }
}

refusals! {
    /// What agreements refuse.
    Refusal {
        NotTicked = 422 "NOT_TICKED" on "agree", "请先勾选“我已阅读并同意”。", "Tick that you have read the agreement and accept it.";
        KeyInvalid = 422 "INVALID" on "key", "标识由小写字母、数字和连字符组成，2 至 40 个字符。", "A key has 2 to 40 small letters, digits and hyphens.";
        TitleMissing = 422 "INVALID" on "title_zh", "请填写中英文名称。", "Enter the title in both languages.";
        TitleTooLong { most: usize } = 422 "TOO_LONG" on "title_zh", "名称最多 {most} 个字。", "A title has at most {most} characters.";
        TextMissing = 422 "INVALID" on "text_zh", "请填写中英文正文。协议正文不做机器翻译。", "Enter the text in both languages. Agreements are never translated by machine.";
        TextTooLong { most: usize } = 422 "TOO_LONG" on "text_zh", "每种语言的正文最多 {most} 个字。", "A text has at most {most} characters in each language.";
        NotPlain = 422 "INVALID" on "text_zh", "名称或正文含有不可见的控制字符。请删除后再提交。", "Title or text contain invisible control characters. Remove them.";
        DayInvalid = 422 "INVALID" on "effective", "请填写有效的生效日期。", "Enter the day on which it takes effect.";
        UntilInvalid = 422 "INVALID" on "until", "请填写有效的截止日期，或留空。", "Enter the last day to accept it, or leave it empty.";
        UntilBefore = 422 "INVALID" on "until", "截止日期不能早于生效日期。", "The last day to accept it is before it takes effect.";
        UntilPast = 422 "INVALID" on "until", "截止日期已过。请另选日期。", "The last day to accept it has passed. Choose another one.";
        NewerPublished { version: i64 } = 409 "NEWER_PUBLISHED", "更新的第 {version} 版已发布，不能再发布旧版。", "Version {version} is published already; an older one can't follow it.";
    }
}

/// A mandatory agreement that keeps a company from everything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandatory {
    /// The version.
    pub id: Id,
    /// Its title.
    pub title: Said,
}

/// What is known of a version when its state is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where the version is.
    pub stage: Stage,
    /// The company has accepted it.
    pub is_accepted: bool,
    /// The moment from which on it can't be accepted any more.
    pub until: Option<Moment>,
}

/// Where a company stands. A version that was replaced is over, whether it was accepted or not.
#[must_use]
pub fn state(facts: Facts, now: Moment) -> State {
    let is_over = facts.stage == Stage::Closed || facts.until.is_some_and(|until| now >= until);
    match facts {
        Facts { stage: Stage::Superseded | Stage::Discarded, .. } => State::Superseded,
        Facts { is_accepted: true, .. } => State::Accepted,
        Facts { .. } if is_over => State::Expired,
        Facts { .. } => State::Pending,
    }
}

/// A version as the vendor writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which agreement: versions of one key replace each other.
    pub key: String,
    /// Title.
    pub title: Said,
    /// Text; paragraphs are apart by an empty line.
    pub text: Said,
    /// Whom it is for.
    pub audience: Audience,
    /// Nothing else can be done before it is accepted.
    pub mandatory: bool,
    /// From which day on it holds. A mandatory one keeps companies from the rest from this day on.
    pub effective: Day,
    /// The last day to accept it.
    pub until: Option<Day>,
}

impl Draft {
    /// Trims and checks what was typed; line ends are those of one kind, so that equal texts have one hash.
    ///
    /// # Errors
    /// The first field that breaks its rule.
    pub fn checked(self, today: Day) -> Result<Self, Refusal> {
        let key = self.key.trim().to_owned();
        let (title, text) = (both(&self.title, one_line), both(&self.text, tidy));
        let fits = (2..=KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let longest = |said: &Said| said.zh.chars().count().max(said.en.chars().count());
        let is_missing = |said: &Said| said.zh.is_empty() || said.en.is_empty();
        let plain = [&title, &text].into_iter().all(|said| is_plain(&said.zh) && is_plain(&said.en));
        match self.until {
            _ if !fits => Err(Refusal::KeyInvalid),
            _ if is_missing(&title) => Err(Refusal::TitleMissing),
            _ if longest(&title) > TITLE_MAX => Err(Refusal::TitleTooLong { most: TITLE_MAX }),
            _ if is_missing(&text) => Err(Refusal::TextMissing),
            _ if longest(&text) > TEXT_MAX => Err(Refusal::TextTooLong { most: TEXT_MAX }),
            _ if !plain => Err(Refusal::NotPlain),
            Some(until) if until < self.effective => Err(Refusal::UntilBefore),
            Some(until) if until < today => Err(Refusal::UntilPast),
            _ => Ok(Self { key, title, text, audience: self.audience.sorted(), ..self }),
        }
    }

    /// What a person accepts, as it is hashed: titles and texts of both languages, in this order and one after the other.
    #[must_use]
    pub fn hashed(&self) -> String {
        let Self { title, text, .. } = self;
        format!("{}\n\n{}\n\n{}\n\n{}", title.zh, text.zh, title.en, text.en)
    }
}

fn both(said: &Said, change: fn(&str) -> String) -> Said {
    Said { zh: change(&said.zh), en: change(&said.en) }
}

fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The paragraphs of a text.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::Identity, machine::Keyed as _};

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn draft() -> Draft {
        let said = |zh: &str, en: &str| Said { zh: zh.to_owned(), en: en.to_owned() };
        Draft {
            key: "data-terms".to_owned(),
            title: said(" 数据处理协议 ", "Data processing terms"),
            text: said("第一条\r\n\r\n第二条\r\n", "One\n\nTwo"),
            audience: Audience { identities: vec![Identity::Csp, Identity::Csp], programs: Vec::new() },
            mandatory: true,
            effective: day("2026-07-01"),
            until: Some(day("2026-07-31")),
        }
    }

    fn refused(change: fn(&mut Draft)) -> Option<Refusal> {
        let mut draft = draft();
        change(&mut draft);
        draft.checked(day("2026-06-18")).err()
    }

    #[test]
    fn a_pending_agreement_can_be_accepted_until_the_end_of_its_last_day() {
        let until = day("2026-06-30").end();
        let facts = |stage, is_accepted| Facts { stage, is_accepted, until: Some(until) };
        let (before, after) = (until.plus_seconds(-1), until);
        assert_eq!(state(facts(Stage::Published, false), before), State::Pending);
        assert_eq!(state(facts(Stage::Published, false), after), State::Expired);
        assert_eq!(state(facts(Stage::Closed, false), before), State::Expired);
        assert_eq!(state(facts(Stage::Closed, true), after), State::Accepted, "what was accepted in time stays accepted");
        assert_eq!(state(facts(Stage::Superseded, true), before), State::Superseded);
        assert_eq!(state(Facts { until: None, ..facts(Stage::Published, false) }, after), State::Pending, "without a date it waits");
    }

    #[test]
    fn the_states_and_their_words_are_those_of_the_domain() {
        let words: Vec<_> = State::ALL.iter().map(|state| (state.key(), state.label().zh)).collect();
        assert_eq!(words, [("pending", "待签署"), ("accepted", "已签署"), ("superseded", "已更新"), ("expired", "已过期")]);
        assert_eq!(Step::Accept.from(State::Expired), None);
        assert_eq!(Move::Publish.from(Stage::Published), None);
    }

    #[test]
    fn what_is_typed_is_trimmed_and_has_one_kind_of_line_ends() {
        let checked = draft().checked(day("2026-06-18")).expect("a draft");
        assert_eq!(checked.title.zh, "数据处理协议");
        assert_eq!(checked.text.zh, "第一条\n\n第二条");
        assert_eq!(checked.audience.identities, [Identity::Csp]);
        assert_eq!(checked.hashed(), "数据处理协议\n\n第一条\n\n第二条\n\nData processing terms\n\nOne\n\nTwo");
        assert_eq!(paragraphs(&checked.text.zh), ["第一条", "第二条"]);
    }

    #[test]
    fn each_field_has_its_limit() {
        for key in ["", "a", "Data", "a b", "数据", &"a".repeat(41)] {
            let draft = Draft { key: key.to_owned(), ..draft() };
            assert_eq!(draft.checked(day("2026-06-18")), Err(Refusal::KeyInvalid), "{key:?}");
        }
        assert_eq!(refused(|draft| draft.title.en = " ".to_owned()), Some(Refusal::TitleMissing));
        assert_eq!(refused(|draft| draft.title.zh = "云".repeat(120)), None);
        assert_eq!(refused(|draft| draft.title.zh = "云".repeat(121)), Some(Refusal::TitleTooLong { most: 120 }));
        assert_eq!(refused(|draft| draft.text.en = String::new()), Some(Refusal::TextMissing));
        assert_eq!(refused(|draft| draft.text.zh = "云".repeat(10_000)), None);
        assert_eq!(refused(|draft| draft.text.zh = "云".repeat(10_001)), Some(Refusal::TextTooLong { most: 10_000 }));
        assert_eq!(refused(|draft| draft.text.en = "\u{202e}x".to_owned()), Some(Refusal::NotPlain));
        assert_eq!(refused(|draft| draft.until = Some(day("2026-06-30"))), Some(Refusal::UntilBefore));
        assert_eq!(refused(|draft| draft.until = Some(day("2026-07-01"))), None);
        let old = |draft: &mut Draft| (draft.effective, draft.until) = (day("2026-06-01"), Some(day("2026-06-17")));
        assert_eq!(refused(old), Some(Refusal::UntilPast));
    }
}
