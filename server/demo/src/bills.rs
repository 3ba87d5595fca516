//! Bills of the demo world (domain.md 7.3): twelve issued periods of 澜海 and the estimate of June, the one of May to the figures of F2; May of
//! 云帆, partly paid. What a bill comes to is written here; its lines are drawn so that they add up to it.

use crate::{at, dice::Dice, people::Everybody};
use domain::{
    Currency, Error, Id, Money,
    access::{CanExportBill, CanManageBills, CanPayBill},
    bills::{Exact, LineKind, Period},
    ledger::{Account, Cause, CauseKind, Leg, Movement, Posting},
    withdrawal::Channel,
};
use store::{
    Access, Store, Written,
    bills::{self, NewCustomer, NewLine, NewPayment},
    ledger,
    withdrawals::{self, NewTopUp},
};

const VENDOR: &str = "finance@vendor.example";
const LANHAI: &str = "finance@lanhai.example";
const YUNFAN: &str = "admin@yunfan.example";
/// The subject of the dice, and of a period of it.
const LINES: u64 = 0xb1_0000_0000;
/// Lines that are written together.
const TOGETHER: usize = 20_000;
/// Lines of a bill that nobody looks at closely.
const FEW: usize = 160;
/// Lines of the bill of May, and customers in it (F2).
const MAY_LINES: usize = 1_284;
const CUSTOMERS: u64 = 46;

/// Products with their regions, the share of each in a usual month, and the cents of May 2026.
const PRODUCTS: &[(&str, &str, &[&str], i64, i64)] = &[
    ("弹性云主机", "ecs", &["华东-杭州", "华北-北京"], 377, 26_891_420),
    ("云数据库", "rds", &["华东-杭州"], 200, 14_230_658),
    ("对象存储", "obs", &["全部区域"], 121, 8_642_037),
    ("容器引擎", "cce", &["华东-杭州", "华南-广州"], 95, 7_311_894),
    ("模型推理服务", "mis", &["华北-北京"], 76, 6_950_200),
    ("内容分发 CDN", "cdn", &["全部区域"], 68, 4_127_782),
];
/// What else is sold: together 30,940.45 in May.
const OTHERS: &[&str] = &[
    "弹性公网 IP",
    "弹性负载均衡",
    "云硬盘",
    "云备份",
    "消息队列",
    "分布式缓存",
    "日志服务",
    "应用性能监控",
    "Web 应用防火墙",
    "数据加密服务",
    "短信服务",
    "域名解析",
    "函数计算",
    "数据仓库",
    "实时计算",
    "图像识别",
    "语音识别",
    "视频点播",
    "专线接入",
    "密钥管理",
    "态势感知",
];
const OTHERS_SHARE: i64 = 63;
const OTHERS_MAY: i64 = 3_094_045;
/// Refunds and adjustments of May: nine returns, four changes, one correction.
const MAY_REFUNDS: i64 = -3_120_615;
const MAY_ADJUSTMENT: i64 = -293_211;
/// The estimate of June: cents, and its last day.
const JUNE: (i64, i64) = (41_290_618, 17);
/// May of 云帆: consumption, refunds, and what was paid of it.
const YUNFAN_MAY: (i64, i64, i64) = (9_011_840, -369_840, 4_000_000);

const CITIES: &[&str] = &["杭州", "宁波", "绍兴", "嘉兴", "湖州", "金华", "台州", "苏州", "无锡", "上海"];
const WORDS: &[&str] = &["云栖", "明湖", "青溪", "拓岸", "远桥", "正和", "锦程", "恒泽", "星野", "海澄", "知行", "禾木"];
const TRADES: &[&str] = &["精密零部件", "医药连锁", "冷链物流", "智慧教育", "新能源", "纺织科技", "检测技术", "餐饮管理"];
const MANAGERS: &[&str] = &["周子涵", "郑可", "吴桐", "何见川", "冯一诺", "曹阳"];
const MODES: &[(u64, &str)] = &[(6, "按需"), (3, "包年包月"), (1, "一次性")];

/// What a period of a company comes to, in cents.
struct Month {
    period: Period,
    /// Product, its short name, region by region, and cents.
    parts: Vec<(&'static str, &'static str, &'static [&'static str], i64)>,
    refunds: Vec<i64>,
    adjustment: i64,
    lines: usize,
    customers: u64,
    /// The last day of charges.
    last_day: i64,
    dice: Dice,
}

/// Issues or pays a bill of 澜海, as its posting says.
pub(crate) async fn lanhai(store: &Store, everybody: &Everybody, posting: &Posting, lines: u64) -> Result<(), Error> {
    let period: Period = posting.object.parse().map_err(|_| Error::Broken)?;
    let amount = posting.legs.last().map(|leg| leg.amount).ok_or(Error::Broken)?;
    if posting.movement == Movement::BillPayment {
        return pay(store, everybody, LANHAI, period, amount).await;
    }
    let month = match period.to_string().as_str() {
        "2026-05" => may(period, lines),
        _ => usual(period, amount.micros / 10_000, period.last().parts().2, FEW),
    };
    let bill = charge(store, everybody, LANHAI, month).await?;
    bills::story::issue(&vendor(store, everybody)?, bill).await
}

/// The estimate of June, 云帆, and who has confirmed that files are masked.
pub(crate) async fn create(store: &Store, everybody: &Everybody) -> Result<(), Error> {
    for email in [LANHAI, "admin@lanhai.example"] {
        store.clock.stand_at(Some(at("2026-05-08", 11, 19)));
        let access: Access<CanExportBill> = store.system(everybody.standing(email)?).access()?;
        bills::confirm_masking(&access).await?;
    }
    yunfan(store, everybody).await?;
    store.clock.stand_at(Some(at("2026-06-18", 6, 0)));
    let june = "2026-06".parse().map_err(|_| Error::Broken)?;
    charge(store, everybody, LANHAI, usual(june, JUNE.0, JUNE.1, 640)).await.map(|_| ())
}

async fn yunfan(store: &Store, everybody: &Everybody) -> Result<(), Error> {
    let period: Period = "2026-05".parse().map_err(|_| Error::Broken)?;
    let (consumption, refunds, paid) = YUNFAN_MAY;
    store.clock.stand_at(Some(at("2026-06-05", 10, 2)));
    let mut month = usual(period, consumption, 31, 96);
    (month.refunds, month.customers, month.dice) = (vec![refunds], 6, Dice::of(LINES + 1));
    month.parts = shares(consumption, &mut month.dice);
    let bill = charge(store, everybody, YUNFAN, month).await?;
    bills::story::issue(&vendor(store, everybody)?, bill).await?;
    store.clock.stand_at(Some(at("2026-06-11", 9, 30)));
    let amount = Money::cny(paid * 10_000);
    let cause = Cause { kind: CauseKind::TopUp, id: store.ids.id() };
    let legs = vec![Leg { from: Account::Clearing, to: Account::OriginalPath, amount }];
    let partner = everybody.standing(YUNFAN)?.tenant;
    let posting = Posting { partner, movement: Movement::TopUp, cause, object: "CZ20260611-0017".to_owned(), legs };
    let record = NewTopUp {
        id: cause.id,
        partner,
        number: posting.object.clone(),
        entity: everybody.standing(VENDOR)?.tenant,
        channel: Channel::Transfer,
        amount,
        // The bill takes all of it.
        left: Money::cny(0),
        bonus: Money::cny(0),
        received: store.clock.now(),
        holder: everybody.standing(YUNFAN)?.company,
        bank: "苏州银行".to_owned(),
        branch: "工业园区支行".to_owned(),
        account_number: "7066 6003 0111 2288".to_owned(),
    };
    crate::anyone(store)?
        .write(None, (posting, record), |tx, (posting, record)| {
            Box::pin(async move {
                withdrawals::enter_top_up(tx, record).await?;
                let transaction = ledger::post(tx, posting).await?.transaction;
                let event = domain::event::Event::LedgerPosted { transaction, movement: "top_up".to_owned(), of: posting.object.clone() };
                Ok(Written::new((), posting.partner, event))
            })
        })
        .await?;
    store.clock.stand_at(Some(at("2026-06-11", 9, 52)));
    pay(store, everybody, YUNFAN, period, amount).await
}

fn vendor(store: &Store, everybody: &Everybody) -> Result<Access<CanManageBills>, Error> {
    store.system(everybody.standing(VENDOR)?).access()
}

async fn pay(store: &Store, everybody: &Everybody, email: &str, period: Period, amount: Money) -> Result<(), Error> {
    let access: Access<CanPayBill> = store.system(everybody.standing(email)?).access()?;
    let new = NewPayment { period, currency: Currency::Cny, amount: amount.plain() };
    bills::story::pay(&access, new).await.map(|_| ())
}

async fn charge(store: &Store, everybody: &Everybody, email: &str, mut month: Month) -> Result<Id, Error> {
    let tenant = everybody.standing(email)?.tenant;
    let access = vendor(store, everybody)?;
    let key = (month.period, Currency::Cny);
    let customers = (1..=month.customers).map(customer).collect();
    let lines = month.draw();
    let mut bill = bills::charge(&access, tenant, key, customers, Vec::new()).await?;
    for lines in lines.chunks(TOGETHER) {
        bill = bills::charge(&access, tenant, key, Vec::new(), lines.to_vec()).await?;
    }
    Ok(bill)
}

fn may(period: Period, lines: u64) -> Month {
    let mut dice = Dice::of(LINES + 202_605);
    let mut parts: Vec<_> = PRODUCTS.iter().map(|(name, short, regions, _, cents)| (*name, *short, *regions, *cents)).collect();
    parts.extend(others(OTHERS_MAY, &mut dice));
    let refunds = split(-MAY_REFUNDS, 13, &mut dice).into_iter().map(|cents| -cents).collect();
    let lines = usize::try_from(lines).unwrap_or(usize::MAX).max(MAY_LINES);
    Month { period, parts, refunds, adjustment: MAY_ADJUSTMENT, lines, customers: CUSTOMERS, last_day: 31, dice }
}

/// A month that comes to so many cents.
fn usual(period: Period, due: i64, last_day: i64, lines: usize) -> Month {
    let (year, month, _) = period.first().parts();
    let mut dice = Dice::of(LINES + u64::try_from(year * 100 + month).unwrap_or(0) * 7);
    let refunds = vec![-due / 50, -due / 90, -due / 140];
    let parts = shares(due - refunds.iter().sum::<i64>(), &mut dice);
    let customers = u64::try_from(dice.between(38, 45)).unwrap_or(CUSTOMERS);
    Month { period, parts, refunds, adjustment: 0, lines, customers, last_day, dice }
}

/// Products of a usual month, a little more or less each time; the first takes what is left.
fn shares(consumption: i64, dice: &mut Dice) -> Vec<(&'static str, &'static str, &'static [&'static str], i64)> {
    let mut parts = Vec::new();
    let mut left = consumption;
    for (name, short, regions, share, _) in PRODUCTS.iter().skip(1) {
        let cents = consumption * share * dice.between(940, 1_060) / 1_000_000;
        left -= cents;
        parts.push((*name, *short, *regions, cents));
    }
    let rest = consumption * OTHERS_SHARE / 1_000;
    left -= rest;
    parts.extend(PRODUCTS.first().map(|(name, short, regions, ..)| (*name, *short, *regions, left)));
    parts.extend(others(rest, dice));
    parts
}

fn others(cents: i64, dice: &mut Dice) -> Vec<(&'static str, &'static str, &'static [&'static str], i64)> {
    let split = split(cents, OTHERS.len(), dice);
    OTHERS.iter().zip(split).map(|(name, cents)| (*name, "svc", &["华东-杭州"] as &'static [&'static str], cents)).collect()
}

/// An amount in so many parts that add up to it, each at least a cent.
fn split(cents: i64, count: usize, dice: &mut Dice) -> Vec<i64> {
    let weights: Vec<i64> = (0..count).map(|_| dice.between(20, 400)).collect();
    let all: i64 = weights.iter().sum::<i64>().max(1);
    let spare = cents - i64::try_from(count).unwrap_or(0);
    let mut parts: Vec<i64> =
        weights.iter().map(|weight| 1 + i64::try_from(i128::from(spare) * i128::from(*weight) / i128::from(all)).unwrap_or(0)).collect();
    let rest = cents - parts.iter().sum::<i64>();
    if let Some(first) = parts.first_mut() {
        *first += rest;
    }
    parts
}

fn customer(number: u64) -> NewCustomer {
    let mut dice = Dice::of(LINES + 0xff_0000 + number);
    let name = format!("{}{}{}有限公司", dice.word(CITIES), dice.word(WORDS), dice.word(TRADES));
    NewCustomer { number: format!("KH{number:06}"), name, manager: dice.word(MANAGERS).to_owned() }
}

impl Month {
    /// The lines: each product's in proportion to what it comes to, every customer at least once.
    fn draw(&mut self) -> Vec<NewLine> {
        let extra = self.refunds.len() + usize::from(self.adjustment != 0);
        let consumption: i64 = self.parts.iter().map(|(.., cents)| cents).sum();
        let wanted = i64::try_from(self.lines.saturating_sub(extra)).unwrap_or(0);
        let mut counts: Vec<i64> = self.parts.iter().map(|(.., cents)| (wanted * cents / consumption.max(1)).max(1)).collect();
        let rest = wanted - counts.iter().sum::<i64>();
        if let Some(first) = counts.first_mut() {
            *first += rest;
        }
        let mut lines = Vec::with_capacity(self.lines);
        for ((name, short, regions, cents), count) in self.parts.clone().into_iter().zip(counts) {
            for amount in split(cents, usize::try_from(count).unwrap_or(1), &mut self.dice) {
                let region = self.dice.word(regions);
                let line = self.line(lines.len(), LineKind::Consumption, (name, short), region, amount);
                lines.push(line);
            }
        }
        for amount in self.refunds.clone() {
            let what = if lines.len().is_multiple_of(3) { "变更退款" } else { "退订退款" };
            let line = self.line(lines.len(), LineKind::Refund, ("弹性云主机", "ecs"), "华东-杭州", amount);
            lines.push(NewLine { description: what.to_owned(), ..line });
        }
        if self.adjustment != 0 {
            let line = self.line(lines.len(), LineKind::Adjustment, ("", ""), "", self.adjustment);
            let description = "4 月对象存储单价更正，按合同价补差".to_owned();
            lines.push(NewLine { description, customer: String::new(), resource: String::new(), mode: String::new(), ..line });
        }
        lines
    }

    fn line(&mut self, place: usize, kind: LineKind, (product, short): (&str, &str), region: &str, cents: i64) -> NewLine {
        let (dice, place) = (&mut self.dice, u64::try_from(place).unwrap_or(0));
        // The first lines go round all customers; later ones are more often those of the first ones.
        let end = dice.between(1, i64::try_from(self.customers).unwrap_or(1));
        let customer = if place < self.customers { place + 1 } else { dice.below(u64::try_from(end).unwrap_or(1)) + 1 };
        let day = self.period.first().plus(i32::try_from(dice.between(0, self.last_day - 1)).unwrap_or(0));
        let (digits, minute) = (day.to_string().replace('-', ""), dice.between(0, 1_439));
        let list = if cents > 0 { cents * 1_000 / dice.between(780, 1_000) } else { cents };
        let parts = |cents: i64| Exact::of(Money::cny(cents * 10_000)).parts().unwrap_or((0, 0));
        NewLine {
            identity: format!("{}/{place}", self.period),
            kind,
            customer: format!("KH{customer:06}"),
            product: product.to_owned(),
            region: region.to_owned(),
            resource: format!("{short}-{:08x}", dice.below(u64::from(u32::MAX))),
            resource_name: format!("{short}-prod-{:02}", dice.between(1, 24)),
            mode: dice.weighted(MODES, "按需").to_owned(),
            reference: format!("DD{digits}-{place:06}"),
            description: String::new(),
            at: day.start().plus_seconds(minute * 60),
            list: parts(list),
            coupon_micros: 0,
            amount: parts(cents),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn cents(lines: &[NewLine], kind: LineKind) -> i64 {
        lines.iter().filter(|line| line.kind == kind).map(|line| line.amount.0 / 10_000).sum()
    }

    #[test]
    fn may_is_what_the_domain_says_to_the_cent() {
        let lines = may("2026-05".parse().expect("a month"), 0).draw();
        assert_eq!(lines.len(), MAY_LINES);
        let sums = [LineKind::Consumption, LineKind::Refund, LineKind::Adjustment].map(|kind| cents(&lines, kind));
        assert_eq!(sums, [71_248_036, MAY_REFUNDS, MAY_ADJUSTMENT]);
        let customers: BTreeSet<_> = lines.iter().filter(|line| line.kind == LineKind::Consumption).map(|line| &line.customer).collect();
        assert_eq!(customers.len(), 46);
        for (name, .., expected) in PRODUCTS {
            let sum: i64 = lines
                .iter()
                .filter(|line| line.product == *name && line.kind == LineKind::Consumption)
                .map(|line| line.amount.0 / 10_000)
                .sum();
            assert_eq!(sum, *expected, "{name}");
        }
        assert!(lines.iter().all(|line| line.kind != LineKind::Consumption || line.amount.0 > 0));
        let identities: BTreeSet<_> = lines.iter().map(|line| &line.identity).collect();
        assert_eq!(identities.len(), MAY_LINES);
    }

    #[test]
    fn a_usual_month_comes_to_what_it_is_to_come_to_and_a_large_may_to_the_same() {
        for (month, due) in [("2025-06", 51_280_640), ("2026-06", JUNE.0)] {
            let lines = usual(month.parse().expect("a month"), due, 17, 300).draw();
            let sum: i64 = LineKind::ALL.iter().map(|kind| cents(&lines, *kind)).sum();
            assert_eq!((sum, lines.len()), (due, 300), "{month}");
        }
        let lines = may("2026-05".parse().expect("a month"), 20_000).draw();
        assert_eq!((lines.len(), cents(&lines, LineKind::Consumption)), (20_000, 71_248_036));
    }

    use domain::machine::Keyed as _;
}
