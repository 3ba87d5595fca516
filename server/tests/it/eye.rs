//! The eye (domain.md 4.7): what is masked is shown once, to who may, and the log of the company says so. Files stay masked.

use crate::{
    client::{Client, Reply},
    exports::{Works, ended, id},
    forms::encoded,
    world::{DISTRIBUTOR, PARTNER, Wishes, World},
};
use domain::{
    access::{Anyone, CanReadAudit},
    audit::{AUDIT, AuditRow},
};
use store::Access;

const CLERK: &str = "finance@lanhai.example";
const DIRECTOR: &str = "director@lanhai.example";
const SALES: &str = "sales@lanhai.example";
const FINANCE: &str = "finance@vendor.example";
const OPERATIONS: &str = "operations@vendor.example";
const CUSTOMERS: &str = "/sales/bill/customers?period=2026-05";
const LINES: &str = "/sales/bill/lines?period=2026-05";
/// The middle of every name of a customer: no masked one has it.
const MIDDLES: [&str; 12] = ["云栖", "明湖", "青溪", "拓岸", "远桥", "正和", "锦程", "恒泽", "星野", "海澄", "知行", "禾木"];
/// Where money of 澜海 goes to, and from where a claim of theirs came.
const ACCOUNT: &str = "3301 0401 6000 0062 07";
const PAYER: &str = "5719082346003318";
const SHUT: &str = "aria-pressed=\"false\"";
const OPEN: &str = "aria-pressed=\"true\"";

fn has_whole_names(text: &str) -> bool {
    MIDDLES.iter().any(|middle| text.contains(middle))
}

/// Looks as somebody does who presses the button of a page.
async fn reveal(client: &mut Client, list: &str, query: &str, from: &str) -> Reply {
    client.submit("/fn/bills/reveal", &format!("from={}&list={list}&query={}", encoded(from), encoded(query))).await
}

/// What the log of 澜海 says of an action.
async fn log(world: &World, action: &str) -> Vec<AuditRow> {
    let stranger: Access<Anyone> = world.store.stranger("x".to_owned(), "x".to_owned()).access().expect("anybody may");
    let key = store::sessions::sign_in(&stranger, PARTNER, demo::PASSWORD, "").await.expect("a session").key;
    let (caller, _) = store::sessions::resume(&world.store, &key, "x".to_owned(), "x".to_owned()).await.expect("an answer");
    let access: Access<CanReadAudit> = caller.access().expect("an administrator");
    store::audit::page(&access, AUDIT.read(&format!("action={action}"))).await.expect("a page").rows
}

#[tokio::test]
async fn names_of_customers_are_whole_for_one_view_of_one_address_and_one_reader() {
    let world = World::start().await;
    let (mut admin, mut clerk) = (world.signed_in(PARTNER).await, world.signed_in(CLERK).await);
    for address in [CUSTOMERS, LINES] {
        let masked = admin.open(address).await.text();
        assert!(masked.contains(SHUT) && masked.contains("**有限公司") && !has_whole_names(&masked), "{address}");
    }
    for (list, address, other) in [("bill-customers", CUSTOMERS, LINES), ("bill-lines", LINES, CUSTOMERS)] {
        let sent = reveal(&mut admin, list, "period=2026-05", address).await;
        assert_eq!((sent.status, sent.location()), (303, address));
        let answer = admin.get(&format!("/fn/bills/{}?query=period%3D2026-05", list.trim_start_matches("bill-"))).await;
        assert!(!has_whole_names(&answer.text()), "the function by itself stays masked");
        assert!(!has_whole_names(&clerk.open(address).await.text()), "somebody else");
        let page = admin.open(sent.location()).await;
        let text = page.text();
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert!(text.contains(OPEN) && !text.contains(SHUT) && has_whole_names(&text), "{list}");
        assert!(text.contains("role=\"status\"") && text.contains("已计入审计日志"), "it is said");
        assert!(!has_whole_names(&admin.open(address).await.text()), "the next view is masked again");
        // What was kept for one address opens no other one.
        reveal(&mut admin, list, "period=2026-05", address).await;
        assert!(!has_whole_names(&admin.open(other).await.text()), "another list");
        reveal(&mut admin, list, "period=2026-05", address).await;
        assert!(!has_whole_names(&admin.open(&format!("{address}&q=kh")).await.text()), "another question");
        assert!(!has_whole_names(&admin.open(address).await.text()), "and it is used up");
    }
}

#[tokio::test]
async fn the_log_says_who_looked_at_which_bill_and_which_question() {
    let world = World::start().await;
    let mut admin = world.signed_in(PARTNER).await;
    // The bare address means the newest bill, and the log says which that was.
    let sent = reveal(&mut admin, "bill-lines", "type=refund&q=ECS", "/sales/bill/lines").await;
    assert_eq!(sent.location(), "/sales/bill/lines?period=2026-05&type=refund&q=ECS");
    let rows = log(&world, "customers_revealed").await;
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(row.person, "陈思远");
    assert!(row.object.starts_with("bill/"), "{row:?}");
    for part in ["\"period\":\"2026-05\"", "\"list\":\"bill-lines\"", "period=2026-05&type=refund&q=ECS"] {
        assert!(row.detail.contains(part), "{part} in {}", row.detail);
    }
    let page = admin.open("/audit?action=customers_revealed").await.text();
    assert!(page.contains("查看客户名称"), "{page}");
}

#[tokio::test]
async fn nobody_else_opens_it_and_a_refusal_leaves_no_row() {
    let world = World::start().await;
    let form = "list=bill-customers&query=period%3D2026-05";
    // A clerk sees bills and has no reach to customers (domain.md 1.1); who sells reaches customers and sees no bill.
    let refused = [
        (CLERK, (403, "FORBIDDEN")),
        (SALES, (403, "FORBIDDEN")),
        (DIRECTOR, (403, "FORBIDDEN")),
        (FINANCE, (403, "OTHER_SIDE")),
        (DISTRIBUTOR, (404, "NOT_FOUND")),
    ];
    for (who, (status, code)) in refused {
        let reply = world.signed_in(who).await.call("/fn/bills/reveal", form).await;
        assert_eq!(reply.fault(), (status, code.to_owned()), "{who}");
    }
    let mut clerk = world.signed_in(CLERK).await;
    for (list, address) in [("bill-customers", CUSTOMERS), ("bill-lines", LINES)] {
        assert_eq!(reveal(&mut clerk, list, "period=2026-05", address).await.status, 303);
        let page = clerk.open(address).await.text();
        assert!(page.contains("**有限公司") && !has_whole_names(&page), "{address}");
        assert!(
            page.contains("role=\"alert\"") && !page.contains("aria-pressed=\"") && !page.contains("action=\"/fn/bills/reveal"),
            "{page}"
        );
    }
    let mut admin = world.signed_in(PARTNER).await;
    let wrong = [
        ("list=bill&query=", (422, "INVALID")),
        ("list=bill-lines&query=period%3D2026-13", (422, "PERIOD_INVALID")),
        ("list=bill-lines&query=period%3D2020-01", (404, "NOT_FOUND")),
        ("list=bill-lines&query=&revealed=%2Fsales%2Fbill%2Flines", (422, "UNKNOWN_FIELD")),
    ];
    for (form, (status, code)) in wrong {
        assert_eq!(admin.call("/fn/bills/reveal", form).await.fault(), (status, code.to_owned()), "{form}");
    }
    assert_eq!(log(&world, "customers_revealed").await, Vec::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_made_beside_an_open_eye_stays_masked() {
    let world = World::start().await;
    let works = Works::of(&world);
    let mut admin = world.signed_in(PARTNER).await;
    reveal(&mut admin, "bill-lines", "period=2026-05", LINES).await;
    let made = admin.call("/fn/exports/request", "source=bill-lines&kind=csv&query=period%3D2026-05").await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert!(has_whole_names(&admin.open(LINES).await.text()));
    let rows = ended(&mut admin, "list").await;
    let row = rows.iter().find(|row| row["kind"] == "csv" && row["state"] == "completed").expect("a file");
    let file = admin.get(&format!("/exports/{}/file", id(row))).await.text();
    assert!(file.contains("**有限公司") && !has_whole_names(&file));
    works.end().await;
}

/// The newest request of 澜海 in the queue, and the claim of theirs.
async fn waiting(finance: &mut Client) -> (String, String) {
    let mut first = async |path: &str| finance.get(path).await.listed().rows.remove(0).id;
    let request = first("/fn/withdrawals/queue?query=q%3DTX20260618-0003").await;
    (request, first("/fn/top-ups/queue?query=q%3D%E6%BE%9C%E6%B5%B7").await)
}

#[tokio::test]
async fn whoever_pays_sees_the_whole_number_once_and_the_partner_reads_that_in_its_log() {
    let world = World::start().await;
    let mut finance = world.signed_in(FINANCE).await;
    let (request, claim) = waiting(&mut finance).await;
    for (flow, field, id, number, object) in
        [("withdrawals", "withdrawal", &request, ACCOUNT, "withdrawal"), ("top-ups", "top_up", &claim, PAYER, "top-up")]
    {
        let (path, action) = (format!("/console/{flow}/{id}"), format!("/fn/{flow}/reveal-account"));
        let tail = number.replace(' ', "").chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect::<String>();
        let masked = finance.open(&path).await.text();
        assert!(masked.contains(SHUT) && masked.contains(&format!("尾号 {tail}")) && !masked.contains(number), "{flow}");
        let sent = finance.submit(&action, &format!("{field}={id}&from={path}")).await;
        assert_eq!((sent.status, sent.location()), (303, path.as_str()));
        let asked = finance.get(&format!("/fn/{flow}/console-show?id={id}")).await.text();
        assert!(!asked.contains(number), "the function by itself stays masked");
        let page = finance.open(&path).await;
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert!(page.text().contains(OPEN) && page.text().contains(number), "{}", page.text());
        assert!(!finance.open(&path).await.text().contains(number), "the next view is masked again");
        let rows = log(&world, "account_revealed").await;
        let row = rows.first().expect("a row");
        assert_eq!((row.person.as_str(), row.object.clone()), ("顾清", format!("{object}/{id}")));
        assert!(row.detail.contains(&tail) && !row.detail.contains(number), "{}", row.detail);
    }
    assert_eq!(log(&world, "account_revealed").await.len(), 2);
}

#[tokio::test]
async fn other_people_see_no_whole_number() {
    let world = World::start().await;
    let (request, claim) = waiting(&mut world.signed_in(FINANCE).await).await;
    for (action, form) in
        [("/fn/withdrawals/reveal-account", format!("withdrawal={request}")), ("/fn/top-ups/reveal-account", format!("top_up={claim}"))]
    {
        for (who, code) in [(OPERATIONS, "FORBIDDEN"), (CLERK, "OTHER_SIDE")] {
            assert_eq!(world.signed_in(who).await.call(action, &form).await.fault(), (403, code.to_owned()), "{who}");
        }
        for unknown in ["x", "00000000000000000000000009"] {
            let form = format!("{}={unknown}", form.split('=').next().unwrap_or_default());
            let reply = world.signed_in(FINANCE).await.call(action, &form).await;
            assert_eq!(reply.fault(), (404, "NOT_FOUND".to_owned()), "{form}");
        }
    }
    assert_eq!(log(&world, "account_revealed").await, Vec::new());
}

#[tokio::test]
async fn without_the_key_it_is_said_and_nothing_is_shown() {
    let variables = [("PC_KEY_FILE", "/nowhere/pc.key".to_owned())];
    let world = World::with(Wishes { variables: variables.into(), ..Wishes::default() }).await;
    let mut finance = world.signed_in(FINANCE).await;
    let (request, claim) = waiting(&mut finance).await;
    for (flow, field, id) in [("withdrawals", "withdrawal", request), ("top-ups", "top_up", claim)] {
        let (path, action) = (format!("/console/{flow}/{id}"), format!("/fn/{flow}/reveal-account"));
        let refused = finance.call(&action, &format!("{field}={id}")).await;
        assert_eq!(refused.fault(), (503, "NUMBER_SHUT".to_owned()));
        let sent = finance.submit(&action, &format!("{field}={id}&from={path}")).await;
        assert_eq!((sent.status, sent.location()), (303, path.as_str()));
        let page = finance.open(&path).await.text();
        assert!(page.contains("role=\"alert\"") && page.contains("服务器缺少打开完整账号的密钥") && page.contains(SHUT), "{page}");
    }
    assert_eq!(log(&world, "account_revealed").await, Vec::new());
}
