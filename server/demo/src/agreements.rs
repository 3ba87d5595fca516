//! Agreements of the demo world (domain.md F0): an optional one that waits for every partner, and one that 澜海 has accepted. None is
//! mandatory, so nothing is closed to anybody.

use crate::{at, people::Everybody};
use domain::{
    Day, Error, Id, Lang, Said,
    access::{CanAcceptAgreements, CanManageAgreements, CanSeeAgreements, Identity, Standing},
    agreement::Draft,
    library::Audience,
};
use store::{
    Access, Store,
    agreements::{self, Acceptance},
};

const OPERATIONS: &str = "operations@vendor.example";
const ADMINISTRATOR: &str = "admin@lanhai.example";

const RESALE_ZH: &str = "第一条 合作内容\n甲方授权乙方以解决方案提供商身份向最终客户销售甲方的云服务，授权为非独家。\n\n\
第二条 价格与结算\n乙方按伙伴账单载明的金额与期限结算。激励按甲方公布的当期政策计算，争议不影响无争议部分的支付。\n\n\
第三条 客户信息\n乙方只为履行本协议使用客户信息，并按甲方公布的期限保存与删除。\n\n\
第四条 期限\n本协议自生效日起一年有效，期满前三十日内双方均未书面提出异议的，自动续期一年。";
const RESALE_EN: &str = "1. Scope\nThe vendor authorises the partner, without exclusivity, to sell the vendor's cloud services to end customers as a solution provider.\n\n\
2. Prices and settlement\nThe partner pays the amounts of the partner bill by its due date. Incentives follow the policy in force; a dispute does not hold up what is undisputed.\n\n\
3. Customer information\nThe partner uses it to perform this agreement only, and keeps and deletes it within the published periods.\n\n\
4. Term\nOne year from the day it takes effect, renewed for a year unless either side objects in writing within its last thirty days.";
const MARKS_ZH: &str = "第一条 使用范围\n乙方可以在自己的网站、演示材料和线下活动中使用甲方公布的伙伴标识，不得改变其颜色与比例。\n\n\
第二条 说明义务\n使用标识时应注明乙方与甲方的合作关系，不得暗示甲方对乙方的产品作出保证。\n\n\
第三条 终止\n合作终止后三十日内，乙方停止使用全部标识。";
const MARKS_EN: &str = "1. Use\nThe partner may use the published partner marks on its web site, in presentations and at events, without changing colours or proportions.\n\n\
2. Saying so\nThe relation to the vendor is stated beside the mark; nothing may suggest that the vendor warrants the partner's products.\n\n\
3. End\nThirty days after the partnership has ended no mark is used any more.";

/// Plays the story.
pub(crate) async fn create(store: &Store, everybody: &Everybody) -> Result<(), Error> {
    let (operations, administrator) = (everybody.standing(OPERATIONS)?, everybody.standing(ADMINISTRATOR)?);
    store.clock.stand_at(Some(at("2026-03-02", 10, 0)));
    let csp = Audience { identities: vec![Identity::Csp], programs: Vec::new() };
    let resale = Draft {
        key: "resale".to_owned(),
        title: Said { zh: "解决方案提供商合作协议（2026）".to_owned(), en: "Solution provider agreement (2026)".to_owned() },
        text: Said { zh: RESALE_ZH.to_owned(), en: RESALE_EN.to_owned() },
        audience: csp,
        mandatory: false,
        effective: day("2026-03-05")?,
        until: Some(day("2026-04-30")?),
    };
    let resale = publish(store, &operations, resale).await?;
    store.clock.stand_at(Some(at("2026-03-05", 11, 18)));
    accept(store, &administrator, resale).await?;

    store.clock.stand_at(Some(at("2026-06-15", 9, 30)));
    let marks = Draft {
        key: "partner-marks".to_owned(),
        title: Said { zh: "伙伴标识使用协议".to_owned(), en: "Partner marks agreement".to_owned() },
        text: Said { zh: MARKS_ZH.to_owned(), en: MARKS_EN.to_owned() },
        audience: Audience::default(),
        mandatory: false,
        effective: day("2026-07-01")?,
        until: Some(day("2026-12-31")?),
    };
    publish(store, &operations, marks).await.map(|_| ())
}

fn day(text: &str) -> Result<Day, Error> {
    text.parse().map_err(|_| Error::Broken)
}

async fn publish(store: &Store, operations: &Standing, draft: Draft) -> Result<Id, Error> {
    let access: Access<CanManageAgreements> = store.system(operations.clone()).access()?;
    let id = agreements::create(&access, None, draft).await?;
    agreements::publish_quietly(&access, id).await?;
    Ok(id)
}

async fn accept(store: &Store, administrator: &Standing, agreement: Id) -> Result<(), Error> {
    let caller = store.system(administrator.clone());
    let reader: Access<CanSeeAgreements> = caller.access()?;
    let sha256 = agreements::show(&reader, agreement, Lang::Zh).await?.sha256;
    let access: Access<CanAcceptAgreements> = caller.access()?;
    agreements::accept(&access, Acceptance { agreement, sha256 }).await
}
