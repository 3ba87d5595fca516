//! Withdrawals on the wire: keys, codes, who may what, and both sides without script.

use crate::{
    client::{Client, Reply},
    forms::encoded,
    world::{EDITOR, PARTNER, World},
};
use domain::withdrawal::{CONSOLE_WITHDRAWALS, Tab};

const CLERK: &str = "finance@lanhai.example";
const FINANCE: &str = "finance@vendor.example";
const SECOND: &str = "finance2@vendor.example";

/// The value of a field of the page's forms.
fn field(page: &Reply, name: &str) -> String {
    let text = page.text();
    let at = text.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {text}"));
    let value = text.get(at..).expect("a place").split('"').nth(3).expect("a value");
    value.replace("&amp;", "&")
}

async fn code(world: &World) -> String {
    let sent = store::outbox::demo_messages(&world.store).await.expect("the outbox");
    sent.into_iter().rev().find_map(|sent| sent.message.code).expect("a code")
}

/// A form that was filled in, as it is handed in with its code.
async fn ready(world: &World, client: &mut Client, fund: &str, amount: &str) -> String {
    let page = client.open(&format!("/sales/funds/withdrawals/new?fund={fund}")).await;
    assert_eq!(page.status, 200);
    let account = page
        .text()
        .split("<option value=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next().map(str::to_owned))
        .find(|id| id.len() == 26);
    let form = format!(
        "idempotency_key={}&fund={fund}&amount={amount}&bank_account={}&note=&from=/sales/funds/withdrawals/new",
        field(&page, "idempotency_key"),
        account.expect("an account")
    );
    let sent = client.submit("/fn/withdrawals/prepare", &form).await;
    assert_eq!(sent.status, 303);
    let review = client.open(sent.location()).await;
    assert!(review.text().contains("name=\"code\""), "the second step asks for the code: {}", sent.location());
    let carried = ["idempotency_key", "fund", "amount", "bank_account"].map(|name| format!("{name}={}", encoded(&field(&review, name))));
    format!("{}&note=&code={}", carried.join("&"), code(world).await)
}

async fn submitted(world: &World, client: &mut Client, fund: &str, amount: &str) -> String {
    let form = ready(world, client, fund, amount).await;
    let done = client.call("/fn/withdrawals/submit", &form).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let path = done.json()["to"].as_str().expect("a path").to_owned();
    path.rsplit('/').next().expect("an id").to_owned()
}

async fn decide(client: &mut Client, id: &str, rest: &str) -> Reply {
    let page = client.open(&format!("/console/withdrawals/{id}")).await;
    let form = format!("withdrawal={id}&version={}&idempotency_key={}&{rest}", field(&page, "version"), field(&page, "idempotency_key"));
    client.call("/fn/withdrawals/decide", &form).await
}

#[tokio::test]
async fn the_demo_world_has_the_requests_and_the_queue_of_the_demo_date() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let list = clerk.get("/fn/withdrawals/list?query=").await.listed();
    assert_eq!(list.total, 37);
    let count = |key: &str| {
        let pill = list.markup.split_once(&format!("data-testid=\"pill-{key}\"")).expect("a pill").1;
        pill.split_once("<span class=\"n\">").expect("a count").1.split('<').next().map(str::to_owned)
    };
    let each = ["submitted", "processing", "paid", "failed", "rejected", "cancelled"].map(count);
    assert_eq!(each.map(|count| count.unwrap_or_default()), ["1", "1", "31", "1", "2", "1"]);
    let under_way = clerk.get("/fn/withdrawals/list?query=state%3Dprocessing").await.listed().rows.remove(0);
    assert!(under_way.markup.contains("TX20260610-0027") && under_way.markup.contains("2026-06-22"), "{}", under_way.markup);
    let shown = clerk.open(&format!("/sales/funds/withdrawals/{}", under_way.id)).await.text();
    for part in ["CZ20260531-0098", "CZ20260514-0061", "data-amount=\"30000.00\"", "顾清", "黎佳", "2026-11-13"] {
        assert!(shown.contains(part), "{part}");
    }
    let home = clerk.get("/fn/home/overview").await.json();
    for (part, words) in
        [("money", "data-testid=\"home-withdrawable\" data-amount=\"154250.52\""), ("money", "412,906"), ("figures", "154,250")]
    {
        assert!(home[part].as_str().is_some_and(|markup| markup.contains(words)), "{part}: {words}");
    }
    let page = clerk.open("/").await.text();
    let place = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part}"));
    assert!(place("data-todo=\"bill\"") < place("data-todo=\"withdrawal\""), "what has a deadline comes first");
    assert!(place("2026-06-30") < place("TX20260612-0031") && page.contains("data-amount=\"678342.10\""));
    let mut finance = world.signed_in(FINANCE).await;
    let queue = finance.get("/fn/withdrawals/queue?query=").await.listed();
    assert_eq!(queue.total, 8);
    assert!(finance.open("/console/withdrawals").await.text().contains("571,300.00"));
    let checked = store::ledger::check(&world.store).await.expect("a check");
    assert_eq!((checked.findings, checked.wrong_balances), (Vec::new(), 0));
}

#[tokio::test]
async fn a_money_form_needs_its_key_and_code_and_is_answered_once() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let form = ready(&world, &mut clerk, "bank", "100.00").await;
    let without = form.split('&').filter(|pair| !pair.starts_with("idempotency_key")).collect::<Vec<_>>().join("&");
    assert_eq!(clerk.call("/fn/withdrawals/submit", &without).await.fault(), (400, "KEY_REQUIRED".to_owned()));
    let no_code = form.split('&').filter(|pair| !pair.starts_with("code")).collect::<Vec<_>>().join("&");
    assert_eq!(clerk.call("/fn/withdrawals/submit", &no_code).await.fault(), (401, "CODE_REQUIRED".to_owned()));
    assert_eq!(
        clerk.call("/fn/withdrawals/submit", &form.replace("amount=100", "amount=101")).await.fault(),
        (422, "CODE_WRONG".to_owned())
    );
    let first = clerk.call("/fn/withdrawals/submit", &form).await;
    let again = clerk.call("/fn/withdrawals/submit", &form).await;
    assert_eq!((first.status, first.text()), (200, again.text()));
    assert_eq!((first.header("idempotent-replayed"), again.header("idempotent-replayed")), (None, Some("true")));
    assert_eq!(clerk.call("/fn/withdrawals/submit", &form.replace("note=", "note=x")).await.fault(), (422, "KEY_REUSED".to_owned()));
    assert_eq!(clerk.get("/fn/withdrawals/list?query=").await.listed().total, 38);
}

#[tokio::test]
async fn amounts_that_are_none_or_too_large_are_told_beside_the_field_and_the_typed_one_stays() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let page = clerk.open("/sales/funds/withdrawals/new?fund=bank").await;
    let key = field(&page, "idempotency_key");
    let send = |amount: &str| {
        format!("idempotency_key={key}&fund=bank&amount={}&bank_account=&note=&from=/sales/funds/withdrawals/new", encoded(amount))
    };
    for amount in ["", "0", "-1", "0.001", "1e3", "1,000", " 1 ", "１２", "9223372036854775808"] {
        assert_eq!(clerk.call("/fn/withdrawals/prepare", &send(amount)).await.fault(), (422, "AMOUNT_INVALID".to_owned()), "{amount}");
    }
    let refused = clerk.submit("/fn/withdrawals/prepare", &send("48000.00")).await;
    let shown = clerk.open(refused.location()).await.text();
    for part in ["AMOUNT_EXCEEDS", "40,250.52", "7,749.48", "value=\"48000.00\""] {
        assert!(shown.contains(part), "{part}");
    }
    assert_eq!(clerk.get("/fn/withdrawals/list?query=").await.listed().total, 37);
}

#[tokio::test]
async fn two_people_of_finance_decide_and_the_partner_deletes_what_was_rejected() {
    let world = World::start().await;
    let (mut clerk, mut one, mut other) = (world.signed_in(CLERK).await, world.signed_in(FINANCE).await, world.signed_in(SECOND).await);
    let id = submitted(&world, &mut clerk, "original", "50000.00").await;
    assert_eq!(decide(&mut one, &id, "step=approve").await.status, 200);
    assert!(one.open(&format!("/console/withdrawals/{id}")).await.text().contains("data-code=\"FOUR_EYES\""));
    assert_eq!(decide(&mut one, &id, "step=approve").await.fault(), (403, "FOUR_EYES".to_owned()));
    assert_eq!(decide(&mut other, &id, "step=reject&reason=").await.fault(), (422, "REASON_REQUIRED".to_owned()));
    assert_eq!(decide(&mut other, &id, "step=reject&reason=%3Cscript%3E").await.status, 200);
    assert_eq!(other.get("/fn/withdrawals/queue?query=tab%3Dreview").await.listed().total, 8);
    let page = clerk.open(&format!("/sales/funds/withdrawals/{id}")).await;
    assert!(page.text().contains("&lt;script&gt;") && page.text().contains("action-delete"));
    let form =
        format!("withdrawal={id}&version={}&step=delete&idempotency_key={}", field(&page, "version"), field(&page, "idempotency_key"));
    let deleted = clerk.submit("/fn/withdrawals/move", &format!("{form}&from=/sales/funds/withdrawals/{id}")).await;
    assert_eq!((deleted.status, deleted.location()), (303, "/sales/funds/withdrawals"));
    assert_eq!(clerk.open(&format!("/sales/funds/withdrawals/{id}")).await.status, 404);
}

/// What the rail of the console says of a queue.
fn rail(page: &str, path: &str) -> Option<String> {
    let link = page.split(&format!("data-at=\"{path}\"")).nth(1)?.split("</a>").next()?;
    Some(link.split("data-count=\"").nth(1)?.split('"').next()?.to_owned())
}

#[tokio::test]
async fn a_request_stands_beside_its_queue_and_the_rail_counts_what_waits() {
    let world = World::start().await;
    let mut finance = world.signed_in(FINANCE).await;
    let queue = finance.open("/console/withdrawals").await.text();
    assert_eq!(rail(&queue, "/console/withdrawals").as_deref(), Some("8"), "{queue}");
    let ids: Vec<&str> = queue.split("href=\"/console/withdrawals/").skip(1).filter_map(|part| part.get(..26)).collect();
    let second = finance.open(&format!("/console/withdrawals/{}", ids[1])).await.text();
    let beside = second.split("data-testid=\"queue-beside\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("the queue");
    let rows: Vec<&str> = beside.split("data-id=\"").skip(1).filter_map(|part| part.get(..26)).collect();
    assert_eq!(rows, ids, "all of the stage, in its order");
    let marked = beside.split("aria-current=\"true\"").next().and_then(|before| before.rsplit("data-id=\"").next()).expect("one is marked");
    assert!(beside.contains("aria-current=\"true\"") && marked.starts_with(ids[1]), "{beside}");
    let way = |rel: &str| format!("rel=\"{rel}\"");
    assert!(second.contains("2 / 8") && second.contains(&way("prev")) && second.contains(&way("next")), "{second}");
    let first = finance.open(&format!("/console/withdrawals/{}", ids[0])).await.text();
    assert!(!first.contains(&way("prev")) && first.contains(&format!("href=\"/console/withdrawals/{}\"", ids[1])), "{first}");
    assert_eq!(decide(&mut finance, ids[0], &format!("step=reject&reason={}", encoded("资料不全"))).await.status, 200);
    let after = finance.open("/console").await.text();
    assert_eq!(rail(&after, "/console/withdrawals").as_deref(), Some("7"));
    assert_eq!(rail(&after, "/console/bills"), None, "no queue");
    let editor = world.signed_in(EDITOR).await.open("/console").await.text();
    assert!(!editor.contains("rail-count"), "who looks after no queue is told of none");
    let partner = world.signed_in(PARTNER).await.open("/").await.text();
    assert!(!partner.contains("rail-count"));
}

#[tokio::test]
async fn a_batch_names_each_row_that_was_not_done() {
    let world = World::start().await;
    let mut one = world.signed_in(FINANCE).await;
    let queue = one.get("/fn/withdrawals/queue?query=sort%3Damount").await.listed();
    let ids: Vec<String> = queue.rows.iter().map(|row| row.id.clone()).collect();
    let chosen = ids.iter().take(3).map(|id| format!("task%5B%5D={id}")).collect::<Vec<_>>().join("&");
    let done = one.call("/fn/withdrawals/batch", &format!("{chosen}&step=approve&idempotency_key=batch-key-0001")).await;
    assert_eq!(done.json()["said"], "已办理 3 项");
    let again = one.call("/fn/withdrawals/batch", &format!("{chosen}&step=reject&reason=x&idempotency_key=batch-key-0002")).await;
    assert!(again.json()["said"].as_str().is_some_and(|said| said.starts_with("已办理 0 项，未办理 3 项：TX")), "{}", again.text());
    let foreign = format!("{chosen}&task%5B%5D={}&step=approve&idempotency_key=batch-key-0003", demo::known::policy());
    assert_eq!(one.call("/fn/withdrawals/batch", &foreign).await.fault(), (404, "NOT_FOUND".to_owned()));
    assert_eq!(one.call("/fn/withdrawals/batch", &format!("{chosen}&step=approve")).await.fault(), (400, "KEY_REQUIRED".to_owned()));
    let tab = CONSOLE_WITHDRAWALS.read("tab=payout").chosen("tab").next().map(str::to_owned);
    assert_eq!(tab.as_deref(), Some(domain::machine::Keyed::key(Tab::Payout)));
}

#[tokio::test]
async fn requests_of_others_are_like_unknown_ones_and_the_queue_is_for_finance() {
    let world = World::start().await;
    let (mut clerk, mut foreign) = (world.signed_in(CLERK).await, world.signed_in("admin@qinghe.example").await);
    let id = submitted(&world, &mut clerk, "rebate", "10.00").await;
    let page = clerk.open(&format!("/sales/funds/withdrawals/{id}")).await;
    let form = format!("withdrawal={id}&version=1&step=cancel&idempotency_key={}", field(&page, "idempotency_key"));
    assert_eq!(foreign.call("/fn/withdrawals/move", &form).await.fault(), (404, "NOT_FOUND".to_owned()));
    assert_eq!(foreign.open(&format!("/sales/funds/withdrawals/{id}")).await.status, 404);
    assert_eq!(foreign.get(&format!("/fn/withdrawals/form?query=again%3D{id}")).await.fault(), (404, "NOT_FOUND".to_owned()));
    for who in [PARTNER, EDITOR] {
        let mut client = world.signed_in(who).await;
        assert_eq!(client.get("/fn/withdrawals/queue?query=").await.status, 403, "{who}");
    }
    assert_eq!(clerk.call("/fn/withdrawals/move", &form).await.status, 200);
    let cancelled = clerk.open(&format!("/sales/funds/withdrawals/{id}")).await.text();
    assert!(cancelled.contains("data-state=\"cancelled\"") && !cancelled.contains("action-cancel"));
}

/// 回单 (domain.md F3): of what was paid, and of nothing else.
#[tokio::test]
async fn a_paid_request_has_a_receipt_with_its_amount_in_words() {
    let world = World::start().await;
    let (mut clerk, mut foreign) = (world.signed_in(CLERK).await, world.signed_in("admin@qinghe.example").await);
    let paid = clerk.get("/fn/withdrawals/list?query=state%3Dpaid").await.listed().rows.remove(0).id;
    let path = format!("/sales/funds/withdrawals/{paid}/receipt");
    let page = clerk.open(&path).await;
    let detail = clerk.open(&format!("/sales/funds/withdrawals/{paid}")).await.text();
    assert!(detail.contains(&format!("href=\"{path}\"")), "{detail}");
    let amount = detail.split("data-testid=\"amount-requested\"").nth(1).and_then(|rest| rest.split("data-amount=\"").nth(1));
    let amount = amount.and_then(|rest| rest.split('"').next()).expect("an amount");
    let words = domain::Money::parse(domain::Currency::Cny, amount).and_then(domain::Money::capitals).expect("words");
    assert!(page.status == 200 && page.text().contains(&words), "{words} {}", page.text());
    assert_eq!(foreign.open(&path).await.status, 404);
    // The same on paper.
    let pdf = format!("{path}.pdf");
    assert!(page.text().contains(&format!("href=\"{pdf}\"")), "{}", page.text());
    let paper = clerk.open(&pdf).await;
    assert_eq!(
        (paper.status, paper.header("content-type"), paper.header("cache-control")),
        (200, Some("application/pdf"), Some("no-store"))
    );
    let disposition = paper.header("content-disposition").expect("a name");
    assert!(paper.body.starts_with(b"%PDF-") && disposition.starts_with("attachment;") && disposition.contains("_TX"), "{disposition}");
    assert_eq!(foreign.open(&pdf).await.status, 404);
    assert_eq!(world.stranger().open(&pdf).await.status, 303, "a stranger signs in first");
    for state in ["processing", "rejected", "failed", "submitted"] {
        let other = clerk.get(&format!("/fn/withdrawals/list?query=state%3D{state}")).await.listed().rows.remove(0).id;
        for end in ["receipt", "receipt.pdf"] {
            assert_eq!(clerk.open(&format!("/sales/funds/withdrawals/{other}/{end}")).await.status, 404, "{state} {end}");
        }
    }
}

#[tokio::test]
async fn chosen_records_survive_both_steps_and_a_foreign_one_is_refused_beside_them() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let page = clerk.open("/sales/funds/withdrawals/new?fund=original").await;
    let records: Vec<String> =
        page.text().split("data-testid=\"record\" data-id=\"").skip(1).map(|part| part.chars().take(26).collect()).collect();
    assert!(records.len() > 1, "{}", page.text());
    let oldest = records.last().expect("a record");
    let form = |record: &str| {
        format!(
            "idempotency_key={}&fund=original&amount=1.00&record%5B%5D={record}&from=/sales/funds/withdrawals/new",
            field(&page, "idempotency_key")
        )
    };
    let sent = clerk.submit("/fn/withdrawals/prepare", &form(oldest)).await;
    let review = clerk.open(sent.location()).await.text();
    assert!(review.contains(&format!("name=\"record[]\" value=\"{oldest}\"")), "{review}");
    let refused = clerk.call("/fn/withdrawals/prepare", &form("0123456789abcdefghjkmnpqrs")).await;
    assert_eq!((refused.fault(), refused.json()["field"].as_str()), ((422, "ROUTE_FIXED".to_owned()), Some("record")));
    assert_eq!(clerk.call("/fn/withdrawals/prepare", &form("x")).await.fault().0, 422);
}

async fn step(client: &mut Client, id: &str, step: &str) -> Reply {
    let page = client.open(&format!("/sales/funds/withdrawals/{id}")).await;
    let (version, key) = (field(&page, "version"), field(&page, "idempotency_key"));
    client.call("/fn/withdrawals/move", &format!("withdrawal={id}&version={version}&step={step}&idempotency_key={key}")).await
}

/// Confirms a request as a colleague does: with a code for this request, sent to them.
async fn confirmed(world: &World, starter: &mut Client, colleague: &mut Client, id: &str) {
    const SEND: &str = "/fn/withdrawals/prepare-confirm";
    let (path, form) = (format!("/sales/funds/withdrawals/{id}"), format!("withdrawal={id}"));
    assert_eq!(starter.call(SEND, &form).await.fault(), (403, "FOUR_EYES".to_owned()), "no code for who started it");
    assert_eq!(colleague.call(SEND, "withdrawal=x").await.fault(), (404, "NOT_FOUND".to_owned()));
    let page = colleague.open(&path).await;
    assert!(page.text().contains("data-testid=\"action-send-code\"") && page.text().contains("name=\"code\""), "{}", page.text());
    let confirm = async |client: &mut Client, code: &str| {
        let page = client.open(&path).await;
        let (version, key) = (field(&page, "version"), field(&page, "idempotency_key"));
        let form = format!("withdrawal={id}&version={version}&step=confirm&idempotency_key={key}&code={code}");
        client.call("/fn/withdrawals/move", &form).await
    };
    assert_eq!(confirm(colleague, "").await.fault(), (401, "CODE_REQUIRED".to_owned()));
    assert_eq!(confirm(colleague, "123456").await.fault(), (422, "CODE_WRONG".to_owned()), "none was sent");
    // A code for another act of the same person is none for this one.
    ready(world, colleague, "bank", "100.00").await;
    let other = code(world).await;
    assert_eq!(confirm(colleague, &other).await.fault(), (422, "CODE_WRONG".to_owned()));
    let sent = colleague.submit(SEND, &format!("{form}&from={path}")).await;
    assert_eq!((sent.status, sent.location()), (303, path.as_str()));
    let code = code(world).await;
    assert_eq!(confirm(colleague, &code).await.status, 200);
    assert_eq!(confirm(colleague, &code).await.fault(), (409, "WRONG_STATE".to_owned()));
}

/// The internal check of a company (domain.md F3): off at first, set by an administrator with the password, and never confirmed by the starter.
#[tokio::test]
async fn with_the_internal_check_a_colleague_confirms_before_finance_sees_a_request() {
    const SET: &str = "/fn/withdrawals/set-two-people";
    let world = World::start().await;
    let (mut clerk, mut admin) = (world.signed_in(CLERK).await, world.signed_in(PARTNER).await);
    let mut finance = world.signed_in(FINANCE).await;
    assert!(admin.open("/sales/funds/withdrawals").await.text().contains("data-testid=\"two-people\" data-on=\"false\""));
    assert_eq!(clerk.call(SET, "needed=yes&password=partner-demo").await.fault(), (403, "FORBIDDEN".to_owned()));
    assert_eq!(admin.call(SET, "needed=yes&password=").await.fault(), (401, "REAUTH_REQUIRED".to_owned()));
    assert_eq!(admin.call(SET, "needed=maybe&password=partner-demo").await.fault(), (422, "INVALID".to_owned()));
    let wrong = admin.submit(SET, "needed=yes&password=wrong&from=/sales/funds/withdrawals").await;
    let page = admin.open(wrong.location()).await.text();
    assert_eq!(page.matches("data-code=\"REAUTH_FAILED\"").count(), 1, "said once, beside its form");
    assert_eq!(admin.call(SET, &format!("needed=yes&password={}", demo::PASSWORD)).await.status, 200);

    let id = submitted(&world, &mut clerk, "bank", "100.00").await;
    let own = clerk.open(&format!("/sales/funds/withdrawals/{id}")).await.text();
    assert!(own.contains("data-state=\"partner_review\"") && own.contains("action-cancel") && !own.contains("action-confirm"), "{own}");
    assert_eq!(step(&mut clerk, &id, "confirm").await.fault(), (403, "FOUR_EYES".to_owned()), "the starter never confirms");
    assert_eq!(finance.open(&format!("/console/withdrawals/{id}")).await.status, 404, "it has not come to the vendor");
    assert_eq!(finance.get("/fn/withdrawals/queue?query=").await.listed().total, 8);
    assert!(admin.open("/messages?topic=withdrawal").await.text().contains("待内部复核"));
    assert!(admin.open("/deadlines?kind=confirm").await.text().contains(&id) && !clerk.open("/deadlines").await.text().contains(&id));
    confirmed(&world, &mut clerk, &mut admin, &id).await;
    assert_eq!(finance.get("/fn/withdrawals/queue?query=").await.listed().total, 9);
    assert_eq!(decide(&mut finance, &id, "step=approve").await.status, 200);
    let shown = clerk.open(&format!("/sales/funds/withdrawals/{id}")).await.text();
    assert!(shown.contains("同事已确认，提交财务") && shown.contains("陈思远"), "{shown}");

    // What was started is cancelled as before, and its amount is free again. The vendor never heard of it.
    let other = submitted(&world, &mut clerk, "bank", "50.00").await;
    let done = finance.get("/fn/withdrawals/queue?query=tab%3Ddone").await.listed().total;
    assert_eq!(step(&mut clerk, &other, "cancel").await.status, 200);
    assert_eq!(finance.get("/fn/withdrawals/queue?query=tab%3Ddone").await.listed().total, done);
    assert_eq!(finance.open(&format!("/console/withdrawals/{other}")).await.status, 404);
    let reveal = finance.call("/fn/withdrawals/reveal-account", &format!("withdrawal={other}")).await;
    assert_eq!(reveal.fault(), (404, "NOT_FOUND".to_owned()));
    assert!(clerk.open(&format!("/sales/funds/withdrawals/{other}")).await.text().contains("data-state=\"cancelled\""));
    let late = format!("withdrawal={other}&version=2&step=confirm&idempotency_key=late-key-0001");
    assert_eq!(admin.call("/fn/withdrawals/move", &late).await.fault(), (409, "WRONG_STATE".to_owned()));
    assert_eq!(admin.call(SET, &format!("needed=no&password={}", demo::PASSWORD)).await.status, 200);
    let third = submitted(&world, &mut clerk, "bank", "50.00").await;
    assert!(clerk.open(&format!("/sales/funds/withdrawals/{third}")).await.text().contains("data-state=\"submitted\""));
    let checked = store::ledger::check(&world.store).await.expect("a check");
    assert_eq!((checked.findings, checked.wrong_balances), (Vec::new(), 0));
}
