//! Invoices of the demo world (domain.md F7): all that 澜海 paid before May is invoiced, 云帆 keeps the three titles it had before there was one
//! only, and requests are in every state.

use crate::{
    at,
    dice::Dice,
    files,
    ledger::{BILLS, CLERK},
    people::Everybody,
    said,
};
use domain::{
    Error, Id, Moment, Money,
    access::Anyone,
    invoice::{By, Content, InvoiceKind, Medium, Parts, ReviewKind, Step, Tab, TitleType},
    working_days,
};
use std::collections::BTreeMap;
use store::{
    Access, Store, Written,
    invoices::{self, Entered, Moved, NewInformation, NewReview},
};

const FINANCE: &str = "finance@vendor.example";
const YUNFAN: &str = "admin@yunfan.example";
const QINGHE: &str = "admin@qinghe.example";
/// The subject of the dice: numbers of invoices and couriers.
const NUMBERS: u64 = 0x1d_0000_0000;
/// From this day on 澜海 gets its invoices digitally; before it they came on paper.
const DIGITAL: &str = "2025-10-20";
/// Where 澜海's paper went.
const POST: &str = "杭州市滨江区江南大道 588 号 10 层 林晓雯 0571-88001234";

/// Something that happens.
enum Play {
    /// An information is made: its name in the story, whose, and what stands on it.
    Make(&'static str, &'static str, Box<Content>, bool),
    /// Its content changes, and why.
    Change(&'static str, &'static str, Box<Content>, &'static str),
    /// A request: its name in the story, whose, with which information, parts, and the one that is made again.
    Enter(String, &'static str, &'static str, By, Parts, Option<String>),
    /// A step of a request, by whom, and what is said.
    Move(String, &'static str, Step, String),
    /// Support is asked for a further title.
    Title(&'static str, &'static str, &'static str, &'static str),
}

/// The plays under construction, and what they draw.
struct Story {
    all: Vec<(Moment, Play)>,
    dice: Dice,
}

/// Plays the story.
pub(crate) async fn create(store: &Store, everybody: &Everybody) -> Result<(), String> {
    let mut player = Player { store, everybody, information: BTreeMap::new(), requests: BTreeMap::new() };
    for (at, play) in story().map_err(said)? {
        store.clock.stand_at(Some(at));
        player.play(play).await.map_err(said)?;
    }
    Ok(())
}

fn special(title: &str, tax_no: &str, bank: &str, account: &str, address: &str, phone: &str, recipient: &str) -> Content {
    Content {
        title_type: TitleType::Enterprise,
        title: title.to_owned(),
        kind: InvoiceKind::Special,
        tax_no: tax_no.to_owned(),
        bank: bank.to_owned(),
        account: account.to_owned(),
        address: address.to_owned(),
        phone: phone.to_owned(),
        medium: Medium::Digital,
        recipient: recipient.to_owned(),
    }
}

fn ordinary(title_type: TitleType, title: &str, tax_no: &str, recipient: &str) -> Content {
    let content = special(title, tax_no, "", "", "", "", recipient);
    Content { title_type, kind: InvoiceKind::Ordinary, ..content }
}

fn lanhai() -> Content {
    let (bank, account) = ("招商银行杭州滨江支行", "571908234610915");
    let address = "杭州市滨江区江南大道 588 号";
    special("杭州澜海数科技术有限公司", "91330108MA0000LH03", bank, account, address, "0571-88001234", "invoice@lanhai.example")
}

fn yunfan() -> [Content; 3] {
    let (name, bank) = ("苏州云帆信息技术有限公司", "苏州银行工业园区支行");
    let address = "苏州工业园区星湖街 328 号";
    let own = special(name, "91320500MA0000YF0N", bank, "706660030111 2288".replace(' ', "").as_str(), address, "0512-66001122", YUNFAN);
    let branch =
        ordinary(TitleType::Enterprise, "苏州云帆信息技术有限公司吴江分公司", "320584576543210", "吴江区中山北路 88 号 4 楼 财务部");
    let union = ordinary(TitleType::Organization, "苏州云帆信息技术有限公司工会委员会", "81320500MC0000UN02", YUNFAN);
    [own, Content { medium: Medium::Paper, ..branch }, union]
}

fn story() -> Result<Vec<(Moment, Play)>, Error> {
    let mut story = Story { all: Vec::new(), dice: Dice::of(NUMBERS) };
    let digital = lanhai();
    let paper = Content { medium: Medium::Paper, recipient: POST.to_owned(), ..digital.clone() };
    story.add(at("2024-03-11", 9, 20), Play::Make("lanhai", CLERK, Box::new(paper), false));
    story.add(at(DIGITAL, 10, 5), Play::Change("lanhai", CLERK, Box::new(digital), "签约主体已提供数电发票，不再使用纸质发票。"));
    let [own, branch, union] = yunfan();
    story.add(at("2018-07-02", 10, 15), Play::Make("yunfan", YUNFAN, Box::new(own), true));
    story.add(at("2018-11-20", 14, 40), Play::Make("yunfan-branch", YUNFAN, Box::new(branch), true));
    story.add(at("2019-03-15", 11, 8), Play::Make("yunfan-union", YUNFAN, Box::new(union), true));
    let qinghe = ordinary(TitleType::Enterprise, "深圳青禾云联科技有限公司", "91440300MA0000QH0B", QINGHE);
    story.add(at("2023-02-06", 9, 50), Play::Make("qinghe", QINGHE, Box::new(qinghe), false));
    story.add(
        at("2026-06-16", 16, 12),
        Play::Title(QINGHE, "深圳青禾数据服务有限公司", "91440300MA0000QH1E", "由子公司统一承担云资源费用，需以其抬头开票。"),
    );
    for (period, _, _, [_, paid], cents) in BILLS.iter().filter(|(.., [_, paid], _)| !paid.is_empty()) {
        story.bill(period, paid, *cents)?;
    }
    story.small("yunfan-1", "2026-06-12", 600_000, true)?;
    story.small("yunfan-2", "2026-06-16", 1_200_000, false)?;
    story.all.sort_by_key(|(at, _)| *at);
    Ok(story.all)
}

impl Story {
    fn add(&mut self, at: Moment, play: Play) {
        self.all.push((at, play));
    }

    /// All that was paid of a bill of 澜海 is asked for on the next working day, and issued on the one after.
    fn bill(&mut self, period: &str, paid: &str, cents: i64) -> Result<(), Error> {
        let paid = paid.parse().map_err(|_| Error::Broken)?;
        let asked = working_days::after(paid, 1).start().plus_seconds(9 * 3_600 + self.dice.between(600, 3_000));
        match period {
            // A rejected one, and the same again.
            "2025-12" => {
                self.ask(period, period, asked, (By::Period, cents), None)?;
                let why = "银行账号与税务登记不一致。请核对发票信息后重新申请。".to_owned();
                self.step(asked, 1, period, FINANCE, Step::Reject, why);
                let again = "2025-12-again";
                self.ask(again, period, asked.plus_days(3), (By::Period, cents), Some(period))?;
                self.issued(asked.plus_days(3), again);
            }
            // One that was given back, and the same again.
            "2026-01" => {
                self.ask(period, period, asked, (By::Period, cents), None)?;
                self.issued(asked, period);
                self.step(asked, 8, period, CLERK, Step::Return, "项目名称须按合同分列，申请退票重开。".to_owned());
                self.step(asked, 9, period, FINANCE, Step::AcceptReturn, String::new());
                let again = "2026-01-again";
                self.ask(again, period, asked.plus_days(14), (By::Period, cents), Some(period))?;
                self.issued(asked.plus_days(14), again);
            }
            // One that was cancelled, because half of it was meant.
            "2026-02" => {
                self.ask("2026-02-half", period, asked, (By::Amount, 30_000_000), None)?;
                self.step(asked, 0, "2026-02-half", CLERK, Step::Cancel, String::new());
                self.ask(period, period, asked.plus_days(1), (By::Period, cents), None)?;
                self.issued(asked.plus_days(1), period);
            }
            // One that is being given back.
            "2026-03" => {
                self.ask(period, period, asked, (By::Period, cents), None)?;
                self.issued(asked, period);
                let at = at("2026-06-17", 10, 26);
                let why = "收票邮箱填写有误，客户财务未收到，申请退票。".to_owned();
                self.add(at, Play::Move(period.to_owned(), CLERK, Step::Return, why));
            }
            // In two parts, of which the second waits.
            "2026-04" => {
                self.ask(period, period, asked, (By::Amount, 40_000_000), None)?;
                self.issued(asked, period);
                self.ask("2026-04-rest", period, at("2026-06-17", 9, 38), (By::Period, cents - 40_000_000), None)?;
            }
            _ => {
                self.ask(period, period, asked, (By::Period, cents), None)?;
                self.issued(asked, period);
                if asked.day().to_string().as_str() < DIGITAL {
                    let courier = format!("SF{:012}", self.dice.between(1_000_000_000, 999_999_999_999));
                    self.step(asked, 2, period, FINANCE, Step::Send, courier);
                }
            }
        }
        Ok(())
    }

    fn ask(&mut self, name: &str, period: &str, at: Moment, (by, cents): (By, i64), again: Option<&str>) -> Result<(), Error> {
        let parts = vec![(period.parse().map_err(|_| Error::Broken)?, cents * 10_000)];
        self.add(at, Play::Enter(name.to_owned(), CLERK, "lanhai", by, parts, again.map(str::to_owned)));
        Ok(())
    }

    /// A step so many working days later.
    fn step(&mut self, asked: Moment, days: i64, name: &str, who: &'static str, step: Step, said: String) {
        let day = if days == 0 { asked } else { working_days::at_the_same_time(asked, days) };
        let later = self.dice.between(1_800, 9_000);
        self.add(day.plus_seconds(later), Play::Move(name.to_owned(), who, step, said));
    }

    fn issued(&mut self, asked: Moment, name: &str) {
        let number = format!("2633{:016}", self.dice.between(2_000_000_000, 2_999_999_999));
        self.step(asked, 1, name, FINANCE, Step::Issue, number);
    }

    /// A request of 云帆: one on paper that waits to be sent, one that waits to be issued.
    fn small(&mut self, name: &'static str, day: &str, cents: i64, on_paper: bool) -> Result<(), Error> {
        let parts = vec![("2026-05".parse().map_err(|_| Error::Broken)?, cents * 10_000)];
        let information = if on_paper { "yunfan-branch" } else { "yunfan" };
        let asked = at(day, 11, 20);
        self.add(asked, Play::Enter(name.to_owned(), YUNFAN, information, By::Amount, parts, None));
        if on_paper {
            self.issued(asked, name);
        }
        Ok(())
    }
}

/// Plays what happens through the store's own functions.
struct Player<'a> {
    store: &'a Store,
    everybody: &'a Everybody,
    information: BTreeMap<&'static str, (Id, Content, i64)>,
    requests: BTreeMap<String, Id>,
}

impl Player<'_> {
    fn access(&self, who: &str) -> Result<Access<Anyone>, Error> {
        self.store.system(self.everybody.standing(who)?).access()
    }

    async fn play(&mut self, play: Play) -> Result<(), Error> {
        match play {
            Play::Make(name, who, content, is_legacy) => {
                let new = NewInformation { partner: self.everybody.standing(who)?.tenant, tab: Tab::Vendor, content: *content, is_legacy };
                let access = self.access(who)?;
                let made = access.write(None, new.clone(), |tx, new| {
                    Box::pin(async move {
                        let (id, event) = invoices::enter_information(tx, new).await?;
                        Ok(Written::new(id, new.partner, event))
                    })
                });
                self.information.insert(name, (made.await?, new.content, 1));
                Ok(())
            }
            Play::Change(name, who, content, why) => {
                let known = self.information.get_mut(name).ok_or(Error::Broken)?;
                known.1 = *content;
                known.2 += 1;
                let changed = (known.0, known.1.clone(), why.to_owned());
                let access = self.access(who)?;
                access.write(None, changed, |tx, (id, content, why)| Box::pin(invoices::enter_change(tx, *id, content, why))).await
            }
            Play::Enter(name, who, information, by, parts, again) => self.enter(name, who, information, by, parts, again).await,
            Play::Move(name, who, step, note) => {
                let request = *self.requests.get(&name).ok_or(Error::Broken)?;
                let file = match step {
                    Step::Issue => {
                        let paragraphs = vec![format!("发票号码：{note}"), "演示数据，不作为报销或抵扣凭证。".to_owned()];
                        Some(files::keep(self.store, format!("发票 {note}"), paragraphs).await?)
                    }
                    _ => None,
                };
                let moved = Moved { request, version: None, step, note, file };
                self.access(who)?.write(None, moved, |tx, moved| Box::pin(invoices::move_on(tx, moved))).await.map(|_| ())
            }
            Play::Title(who, title, tax_no, why) => self.title(who, title, tax_no, why).await,
        }
    }

    async fn enter(
        &mut self,
        name: String,
        who: &str,
        information: &str,
        by: By,
        parts: Parts,
        again: Option<String>,
    ) -> Result<(), Error> {
        let standing = self.everybody.standing(who)?;
        let (id, content, content_no) = self.information.get(information).ok_or(Error::Broken)?.clone();
        let new = Entered {
            partner: standing.tenant,
            number: None,
            by,
            amount: Money::cny(parts.iter().map(|(_, micros)| micros).sum()),
            parts,
            information: id,
            content,
            content_no,
            starter: standing.account,
            starter_name: standing.name,
            again: again.and_then(|name| self.requests.get(&name).copied()),
        };
        let access = self.access(who)?;
        let entered = access.write(None, new, |tx, new| {
            Box::pin(async move {
                let (submitted, event) = invoices::enter(tx, new).await?;
                Ok(Written::new(submitted.id, new.partner, event))
            })
        });
        self.requests.insert(name, entered.await?);
        Ok(())
    }

    async fn title(&self, who: &str, title: &str, tax_no: &str, why: &str) -> Result<(), Error> {
        let name = format!("关系证明（{title}）");
        let paragraphs = vec![why.to_owned(), "双方确认上述关系属实，并加盖公章。".to_owned()];
        let evidence = Some(files::keep(self.store, name, paragraphs).await?);
        let (title, tax_no, reason) = (title.to_owned(), tax_no.to_owned(), why.to_owned());
        let new = NewReview { kind: ReviewKind::Title, tab: Tab::Vendor, title, tax_no, information: None, reason, evidence };
        let partner = self.everybody.standing(who)?.tenant;
        let access = self.access(who)?;
        let asked = access.write(None, (partner, new), |tx, (partner, new)| {
            Box::pin(async move {
                let (_, event) = invoices::enter_review(tx, new).await?;
                Ok(Written::new((), *partner, event))
            })
        });
        asked.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        invoice::{State, is_tax_number},
        machine::Keyed as _,
    };

    #[test]
    fn all_that_lanhai_paid_before_may_is_invoiced_and_requests_are_in_every_state() {
        let mut states: BTreeMap<String, (State, &str, i64)> = BTreeMap::new();
        let start: Moment = crate::START.parse().expect("a moment");
        for (at, play) in story().expect("a story") {
            assert!(at < start, "{}", at.to_seconds());
            match play {
                Play::Enter(name, who, _, _, parts, _) => {
                    let micros = parts.iter().map(|(_, micros)| micros).sum();
                    assert!(states.insert(name.clone(), (State::Submitted, who, micros)).is_none(), "{name}");
                }
                Play::Move(name, _, step, _) => {
                    let known = states.get_mut(&name).expect("a request");
                    known.0 = step.take(known.0).expect("an allowed step");
                }
                Play::Make(_, _, content, _) | Play::Change(_, _, content, _) => {
                    let title = content.title.clone();
                    assert_eq!(content.typed().checked(&[&title]), Ok(*content), "as the form would take it");
                }
                Play::Title(_, _, tax_no, _) => assert!(is_tax_number(tax_no)),
            }
        }
        let of = |who: &str| -> i64 {
            let taking = states.values().filter(|(state, other, _)| *other == who && State::TAKING.contains(state));
            taking.map(|(_, _, micros)| micros).sum()
        };
        let paid: i64 = BILLS.iter().filter(|(.., [_, paid], _)| !paid.is_empty()).map(|(.., cents)| cents * 10_000).sum();
        assert_eq!(of(CLERK), paid);
        assert!(of(YUNFAN) < 40_000 * 1_000_000, "less than was paid");
        let there = |state: State| states.values().any(|(other, ..)| *other == state);
        assert!(State::ALL.iter().all(|state| there(*state)));
    }
}
