//! Invoices on the wire: the figures of the demo date, both sides without script, keys, who may what, and the proof of a further title.

use crate::{
    client::{Client, HTML, JSON, Part, Reply},
    forms::encoded,
    uploads::PDF,
    world::{EDITOR, World},
};
use domain::{
    Error, Money,
    access::Anyone,
    invoice::{CONSOLE_INFORMATION, CONSOLE_REQUESTS},
    ledger::{Account, Cause, CauseKind, Leg, Movement, Posting},
};

const CLERK: &str = "finance@lanhai.example";
const YUNFAN: &str = "admin@yunfan.example";
const NEWBIE: &str = "admin@newbie.example";
const FINANCE: &str = "finance@vendor.example";
const SUPPORT: &str = "support@vendor.example";

/// The value of a field of the page's forms.
fn field(page: &Reply, name: &str) -> String {
    let text = page.text();
    let at = text.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {text}"));
    let value = text.get(at..).expect("a place").split('"').nth(3).expect("a value");
    value.replace("&amp;", "&")
}

/// The option of a choice that is named first.
fn option(page: &Reply, name: &str) -> String {
    let text = page.text();
    let at = text.find(&format!("id=\"{name}\" name=\"{name}\"")).unwrap_or_else(|| panic!("{name} in {text}"));
    let options = text.get(at..).expect("a place").split("<option value=\"").nth(1).expect("an option");
    options.split('"').next().expect("a value").to_owned()
}

fn amount(page: &str, testid: &str) -> String {
    let at = page.find(&format!("data-testid=\"{testid}\"")).unwrap_or_else(|| panic!("{testid} in {page}"));
    let amount = page.get(at..).expect("a place").split("data-amount=\"").nth(1).expect("an amount");
    amount.split('"').next().expect("a value").to_owned()
}

async fn submit(client: &mut Client, amount: &str) -> Reply {
    let page = client.open("/sales/invoices/new?by=amount").await;
    assert_eq!(page.status, 200);
    let (key, information) = (field(&page, "idempotency_key"), option(&page, "information"));
    client.call("/fn/invoices/submit", &format!("idempotency_key={key}&information={information}&by=amount&period=&amount={amount}")).await
}

fn id_of(done: &Reply) -> String {
    assert_eq!(done.status, 200, "{}", done.text());
    done.json()["to"].as_str().expect("a path").rsplit('/').next().expect("an id").to_owned()
}

/// A step by the form that its page shows.
async fn step(client: &mut Client, path: &str, function: &str, named: &str, rest: &str) -> Reply {
    let page = client.open(path).await;
    let id = path.rsplit('/').next().expect("an id");
    let form = format!("{named}={id}&version={}&idempotency_key={}&{rest}", field(&page, "version"), field(&page, "idempotency_key"));
    client.call(function, &form).await
}

/// Tops up what is missing, and pays the bill of May.
async fn pay_may(world: &World, clerk: &mut Client) {
    let access: store::Access<Anyone> = world.store.stranger("local".to_owned(), "test".to_owned()).access().expect("anybody");
    let posted = access.write(None, world.store.ids.id(), |tx, id| {
        Box::pin(async move {
            let find = store::sql::sql("SELECT id FROM tenants WHERE number = 'P0000001' LIMIT 1");
            let partner = tx.row(find).await?.ok_or(Error::NotFound)?.id(0)?;
            let legs = vec![Leg { from: Account::Clearing, to: Account::OriginalPath, amount: Money::cny(600_000_000_000) }];
            let cause = Cause { kind: CauseKind::TopUp, id: *id };
            let object = "CZ20260618-0900".to_owned();
            store::ledger::post(tx, &Posting { partner, movement: Movement::TopUp, cause, object, legs }).await?;
            Ok(store::Written::quiet(()))
        })
    });
    posted.await.expect("a top-up");
    let page = clerk.open("/sales/bill/pay?period=2026-05").await;
    let form = format!("period=2026-05&currency=CNY&amount=678342.10&idempotency_key={}", field(&page, "idempotency_key"));
    let paid = clerk.call("/fn/bills/pay", &form).await;
    assert_eq!(paid.status, 200, "{}", paid.text());
}

#[tokio::test]
async fn the_demo_world_has_invoiced_all_that_was_paid_and_owes_what_the_demo_date_says() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let page = clerk.open("/sales/invoices").await.text();
    let sums = ["amount-paid", "amount-invoiced", "amount-owed", "amount-invoiceable"].map(|testid| amount(&page, testid));
    assert_eq!(sums[0], sums[1], "all that was paid is invoiced");
    assert_eq!((sums[2].as_str(), sums[3].as_str()), ("52180.00", "0.00"));
    for owed in ["20000.00", "18180.00", "14000.00"] {
        assert!(page.contains(&format!("data-amount=\"{owed}\"")), "{owed}");
    }
    let list = clerk.get("/fn/invoices/list?query=size%3D100").await.listed();
    for state in <domain::invoice::State as domain::machine::Keyed>::ALL {
        let pill = format!("data-testid=\"pill-{}\"", domain::machine::Keyed::key(*state));
        assert!(list.markup.contains(&pill), "a request in every state: {pill}");
    }
    // Once May is paid, what can be invoiced is 678,342.10 less 52,180.00.
    pay_may(&world, &mut clerk).await;
    let page = clerk.open("/sales/invoices").await.text();
    assert_eq!(amount(&page, "amount-invoiceable"), "626162.10");
    let form = clerk.open("/sales/invoices/new").await.text();
    assert!(form.contains("2026-05 · 626,162.10"), "the period and what of it can be invoiced");
    let information = clerk.open("/sales/invoices/information").await.text();
    assert_eq!(information.matches("data-testid=\"invoice-information-row\"").count(), 1);
    assert!(information.contains("data-code=\"ONE_VALID_ONLY\"") && !information.contains("open-new"));
    let mut yunfan = world.signed_in(YUNFAN).await;
    let kept = yunfan.open("/sales/invoices/information").await.text();
    assert_eq!(
        (kept.matches("data-testid=\"invoice-information-row\"").count(), kept.matches("data-category=\"special\"").count()),
        (3, 1)
    );
    let mut finance = world.signed_in(FINANCE).await;
    let queue = finance.get("/fn/invoices/queue?query=").await.listed();
    assert_eq!(queue.total, 2, "of 澜海 and of 云帆");
    let mut support = world.signed_in(SUPPORT).await;
    assert_eq!(support.get("/fn/invoices/reviews?query=").await.listed().total, 1);
}

#[tokio::test]
async fn a_request_goes_through_both_sides_and_each_form_is_taken_once() {
    let world = World::start().await;
    let (mut partner, mut finance) = (world.signed_in(YUNFAN).await, world.signed_in(FINANCE).await);
    assert_eq!(submit(&mut partner, "22000.01").await.fault(), (422, "AMOUNT_EXCEEDS".to_owned()));
    assert_eq!(submit(&mut partner, "1e3").await.fault(), (422, "AMOUNT_INVALID".to_owned()));
    let without = partner.call("/fn/invoices/submit", "information=&by=amount&amount=1").await;
    assert_eq!(without.fault(), (400, "KEY_REQUIRED".to_owned()));
    let id = id_of(&submit(&mut partner, "21000").await);
    let (own, theirs) = (format!("/sales/invoices/{id}"), format!("/console/invoices/{id}"));
    let silent = step(&mut finance, &theirs, "/fn/invoices/decide", "request", "step=reject&reason=").await;
    assert_eq!(silent.fault(), (422, "REASON_REQUIRED".to_owned()));
    let unnumbered = step(&mut finance, &theirs, "/fn/invoices/decide", "request", "step=issue&number=").await;
    assert_eq!(unnumbered.fault(), (422, "INVALID".to_owned()));
    let page = finance.open(&theirs).await;
    let form = format!(
        "request={id}&version={}&idempotency_key={}&step=issue&number=26332000000000077001",
        field(&page, "version"),
        field(&page, "idempotency_key")
    );
    assert_eq!(finance.call("/fn/invoices/decide", &form).await.status, 200);
    let again = finance.call("/fn/invoices/decide", &form).await;
    assert_eq!((again.status, again.header("idempotent-replayed")), (200, Some("true")));
    let late = finance.call("/fn/invoices/decide", &form.replace("idempotency_key=", "idempotency_key=x")).await;
    assert_eq!(late.fault(), (409, "WRONG_STATE".to_owned()));
    assert!(partner.open(&own).await.text().contains("26332000000000077001"), "the partner sees the number");
    let back = step(&mut partner, &own, "/fn/invoices/move", "request", &format!("step=return&reason={}", encoded("抬头有误"))).await;
    assert_eq!(back.status, 200, "{}", back.text());
    assert_eq!(step(&mut finance, &theirs, "/fn/invoices/decide", "request", "step=accept-return&reason=").await.status, 200);
    assert!(partner.open(&own).await.text().contains("data-state=\"returned\""));
    assert_eq!(id_of(&submit(&mut partner, "22000").await).len(), 26, "the amount is free again");
    let mut clerk = world.signed_in(CLERK).await;
    assert_eq!(clerk.open(&own).await.status, 404, "another partner's");
    assert_eq!(clerk.open(&theirs).await.status, 403);
    let foreign = format!("request={id}&version=4&step=cancel&idempotency_key=foreign-key-0001");
    assert_eq!(clerk.call("/fn/invoices/move", &foreign).await.fault(), (404, "NOT_FOUND".to_owned()));
    assert_eq!(clerk.call("/fn/invoices/decide", &form).await.fault(), (403, "OTHER_SIDE".to_owned()));
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.open("/console/invoices").await.status, 403, "another role of the vendor");
}

#[tokio::test]
async fn without_script_every_form_leads_to_a_page_and_keeps_what_was_typed() {
    let world = World::start().await;
    let mut partner = world.signed_in(YUNFAN).await;
    let page = partner.open("/sales/invoices/new").await;
    let (key, information) = (field(&page, "idempotency_key"), option(&page, "information"));
    let from = "from=/sales/invoices/new";
    let form = |amount: &str| format!("idempotency_key={key}&information={information}&by=amount&period=&amount={amount}&{from}");
    let refused = partner.submit("/fn/invoices/submit", &form("99999")).await;
    assert_eq!((refused.status, refused.location()), (303, "/sales/invoices/new"));
    let shown = partner.open(refused.location()).await.text();
    assert!(shown.contains("AMOUNT_EXCEEDS") && shown.contains("value=\"99999\"") && shown.contains("22,000.00"));
    let done = partner.submit("/fn/invoices/submit", &form("10")).await;
    assert!(done.status == 303 && done.location().starts_with("/sales/invoices/"), "{}", done.location());
    let own = done.location().to_owned();
    let page = partner.open(&own).await;
    assert!(page.text().contains("data-state=\"submitted\"") && page.text().contains("data-testid=\"action-cancel\""));
    let id = own.rsplit('/').next().expect("an id");
    let form = format!("request={id}&version=1&step=cancel&idempotency_key={}&from={own}", field(&page, "idempotency_key"));
    let cancelled = partner.submit("/fn/invoices/move", &form).await;
    assert_eq!((cancelled.status, cancelled.location()), (303, own.as_str()));
    assert!(partner.open(&own).await.text().contains("data-state=\"cancelled\""));
}

#[tokio::test]
async fn information_has_its_rules_on_the_wire() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let fields = |title: &str, tax_no: &str| {
        let title = encoded(title);
        format!(
            "title_type=enterprise&title={title}&kind=ordinary&tax_no={tax_no}&bank=&account=&address=&phone=&medium=digital&recipient=a@lanhai.example"
        )
    };
    let own = "杭州澜海数科技术有限公司";
    let new =
        |key: &str, tab: &str, fields: &str| format!("idempotency_key={key}&information=&version=&tab={tab}&{fields}&reason=&review=");
    let save = "/fn/invoices/save-information";
    let more = clerk.call(save, &new("information-key-1", "vendor", &fields(own, "91330108MA0000LH03"))).await;
    assert_eq!(more.fault(), (409, "ONE_VALID_ONLY".to_owned()));
    let other = clerk.call(save, &new("information-key-2", "seller", &fields("别的公司", "91330108MA0000LH03"))).await;
    assert_eq!(other.fault(), (422, "TITLE_FIXED".to_owned()));
    let wrong = clerk.call(save, &new("information-key-3", "seller", &fields(own, "91330108MA0000LH04"))).await;
    assert_eq!(wrong.fault(), (422, "TAX_NO_INVALID".to_owned()));
    let seller = clerk.call(save, &new("information-key-4", "seller", &fields(own, "91330108MA0000LH03"))).await;
    assert_eq!(seller.status, 200, "each tab has one of its own: {}", seller.text());
    let list = clerk.open("/sales/invoices/information?tab=seller").await.text();
    let id = list.split("data-testid=\"invoice-information-row\" data-id=\"").nth(1).expect("a row").split('"').next().expect("an id");
    let change = |key: &str, version: i64, rest: &str| {
        format!("idempotency_key={key}&information={id}&version={version}&tab=seller&{}&{rest}", fields(own, "91330108MA0000LH03"))
    };
    let silent = clerk.call(save, &change("information-key-5", 1, "reason=&review=")).await;
    assert_eq!(silent.fault(), (422, "REASON_REQUIRED".to_owned()));
    assert_eq!(clerk.call(save, &change("information-key-6", 1, "reason=x&review=")).await.status, 200);
    let stale = clerk.call(save, &change("information-key-7", 1, "reason=x&review=")).await;
    assert_eq!(stale.fault(), (409, "STALE".to_owned()));
    let soon = clerk.call(save, &change("information-key-8", 2, "reason=x&review=")).await;
    assert_eq!(soon.fault(), (409, "CHANGE_TOO_SOON".to_owned()));
    assert_eq!(clerk.call(save, &change("information-key-9", 2, "reason=x&review=yes")).await.status, 200);
    let mut support = world.signed_in(SUPPORT).await;
    let queue = support.get("/fn/invoices/reviews?query=tab%3Dchanges").await.listed().rows.remove(0);
    let path = format!("/console/invoices/information/{}", queue.id);
    let granted = step(&mut support, &path, "/fn/invoices/decide-review", "review", "step=grant&reason=").await;
    assert_eq!(granted.status, 200, "{}", granted.text());
    let page = clerk.open(&format!("/sales/invoices/information/{id}")).await.text();
    assert_eq!(page.matches("data-testid=\"version\"").count(), 3);
    let mut newbie = world.signed_in(NEWBIE).await;
    assert_eq!(newbie.open(&format!("/sales/invoices/information/{id}")).await.status, 404);
    assert_eq!(CONSOLE_INFORMATION.name, "console-invoice-information");
    assert_eq!(CONSOLE_REQUESTS.name, "console-invoice-requests");
}

fn proof<'a>(key: &'a str, title: &'a str, file: &'a str, bytes: &'a [u8]) -> Vec<Part<'a>> {
    vec![
        Part::Text("from", "/sales/invoices/information/title"),
        Part::Text("idempotency_key", key),
        Part::Text("tab", "vendor"),
        Part::Text("title", title),
        Part::Text("tax_no", "91330108MA0000LH03"),
        Part::Text("reason", "由子公司统一承担费用"),
        Part::File(file, bytes),
    ]
}

#[tokio::test]
async fn a_further_title_is_asked_for_with_its_proof_and_a_refusal_leaves_no_file() {
    let world = World::start().await;
    let (mut clerk, mut support) = (world.signed_in(CLERK).await, world.signed_in(SUPPORT).await);
    let (files, ask) = (world.files(), "/fn/invoices/ask-title");
    let cases: [(Vec<Part<'_>>, u16, &str); 5] = [
        (proof("title-key-00001", " ", "a.pdf", PDF), 422, "INVALID"),
        (proof("title-key-00002", "宁波远桥科技有限公司", "a.pdf", b"text"), 422, "TYPE_MISMATCH"),
        (proof("title-key-00003", "宁波远桥科技有限公司", "a.txt", b"text"), 422, "TYPE_MISMATCH"),
        (proof("", "宁波远桥科技有限公司", "a.pdf", PDF), 400, "KEY_REQUIRED"),
        (vec![Part::Text("is_admin", "1")], 422, "UNKNOWN_FIELD"),
    ];
    for (parts, status, code) in cases {
        assert_eq!(clerk.upload(ask, JSON, &parts).await.fault(), (status, code.to_owned()));
    }
    assert_eq!(world.files(), files, "nothing is left behind");
    let asked = clerk.upload(ask, HTML, &proof("title-key-00004", "宁波远桥科技有限公司", "关系证明.pdf", PDF)).await;
    assert_eq!((asked.status, asked.location()), (303, "/sales/invoices/information"));
    let twice = clerk.upload(ask, JSON, &proof("title-key-00005", "宁波远桥科技有限公司", "关系证明.pdf", PDF)).await;
    assert_eq!(twice.fault(), (409, "WRONG_STATE".to_owned()));
    let queue = support.get("/fn/invoices/reviews?query=sort%3D-at").await.listed().rows.remove(0);
    let path = format!("/console/invoices/information/{}", queue.id);
    assert_eq!(support.get(&format!("{path}/evidence")).await.body, PDF, "the second request took nothing away");
    assert_eq!(clerk.get(&format!("{path}/evidence")).await.status, 403, "support's alone");
    assert_eq!(step(&mut support, &path, "/fn/invoices/decide-review", "review", "step=grant&reason=").await.status, 200);
    let page = clerk.open("/sales/invoices/information").await.text();
    assert!(page.contains("open-new"), "one more can be made");
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.upload(ask, JSON, &proof("title-key-00006", "x", "a.pdf", PDF)).await.fault(), (403, "OTHER_SIDE".to_owned()));
}

#[tokio::test]
async fn invoices_of_sellers_have_a_tab_that_says_when_they_come() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let own = clerk.open("/sales/invoices").await.text();
    assert!(own.contains("data-testid=\"tab-seller\"") && own.contains("data-testid=\"invoice-requests-row\""), "{own}");
    let sellers = clerk.open("/sales/invoices?tab=seller").await;
    let text = sellers.text();
    assert_eq!(sellers.status, 200);
    for part in [
        "data-testid=\"no-sellers\"",
        "云商店订单",
        "/sales/invoices/information?tab=seller",
        "aria-current=\"page\" data-testid=\"tab-seller\"",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // Nothing of the vendor's invoices stands beside it, not even what can be invoiced.
    for part in ["invoice-requests-row", "amount-invoiceable", "owed-invoices", "open-new"] {
        assert!(!text.contains(part), "{part}: {text}");
    }
    assert_eq!(world.signed_in("sales@lanhai.example").await.open("/sales/invoices?tab=seller").await.status, 403);
}
