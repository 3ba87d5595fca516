//! Files that come along with a form: kept with what they belong to, fetched by who may see that, and gone when nothing was written.

use crate::{
    client::{Client, HTML, JSON, Part, Reply},
    forms::encoded,
    sessions::age,
    uploads::PDF,
    world::{EDITOR, World},
};

const CLERK: &str = "finance@lanhai.example";
const YUNFAN: &str = "admin@yunfan.example";
const FINANCE: &str = "finance@vendor.example";
const COMPANY: &str = "杭州澜海数科技术有限公司";
const CLAIM: &str = "/fn/top-ups/claim";
/// The smallest picture there is: nobody looks at it.
const PNG: &[u8] =
    b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0aIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82";

fn claim<'a>(key: &'a str, amount: &'a str, slip: Option<(&'a str, &'a [u8])>) -> Vec<Part<'a>> {
    let mut parts = vec![
        Part::Text("from", "/sales/funds/top-ups/new"),
        Part::Text("idempotency_key", key),
        Part::Text("amount", amount),
        Part::Text("payer", COMPANY),
        Part::Text("date", "2026-06-17"),
        Part::Text("bank", "招商银行 杭州滨江支行"),
        Part::Text("account_number", "5719 0823 4610 915"),
        Part::Text("note", "a&b=c 云"),
    ];
    parts.extend(slip.map(|(name, bytes)| Part::Named("slip", name, bytes)));
    parts
}

/// The address that stands before a test id.
fn address(page: &Reply, testid: &str) -> String {
    let text = page.text();
    let end = text.find(&format!("data-testid=\"{testid}\"")).unwrap_or_else(|| panic!("{testid} in {text}"));
    let link = text.get(..end).and_then(|before| before.rsplit("href=\"").next()).expect("a link");
    link.split('"').next().expect("an address").to_owned()
}

async fn newest_claim(clerk: &mut Client) -> String {
    clerk.get("/fn/top-ups/list?query=state%3Dclaimed").await.listed().rows[0].id.clone()
}

#[tokio::test]
async fn a_slip_comes_with_its_claim_and_both_sides_fetch_it() {
    let world = World::start().await;
    let (mut clerk, mut finance) = (world.signed_in(CLERK).await, world.signed_in(FINANCE).await);
    let sent = clerk.upload(CLAIM, HTML, &claim("slip-key-00001", "8000.50", Some(("回单.pdf", PDF)))).await;
    assert_eq!((sent.status, sent.location()), (303, "/sales/funds/top-ups"), "{}", sent.text());
    let id = newest_claim(&mut clerk).await;
    let own = address(&clerk.open("/sales/funds/top-ups").await, "slip");
    assert_eq!(own, format!("/sales/funds/top-ups/{id}/slip"));
    let fetched = clerk.get(&own).await;
    assert_eq!((fetched.status, fetched.body.as_slice(), fetched.header("content-type")), (200, PDF, Some("application/pdf")));
    assert!(fetched.header("content-disposition").is_some_and(|kept| kept.starts_with("attachment")), "never shown in our origin");
    let shown = finance.open(&format!("/console/top-ups/{id}")).await;
    assert!(shown.text().contains("回单.pdf") && shown.text().contains("a&amp;b=c 云"), "what was typed came whole");
    let theirs = address(&shown, "slip");
    assert_eq!(finance.get(&theirs).await.body, PDF);
    let (mut yunfan, mut editor) = (world.signed_in(YUNFAN).await, world.signed_in(EDITOR).await);
    let (foreign, unknown) = (yunfan.get(&own).await, yunfan.get("/sales/funds/top-ups/01ARZ3NDEKTSV4RRFFQ69G5FAV/slip").await);
    assert_eq!((foreign.status, unknown.status), (404, 404));
    assert_eq!((yunfan.get(&theirs).await.status, editor.get(&theirs).await.status), (403, 403));
    assert_eq!(world.stranger().get(&own).await.fault(), (401, "AUTH_REQUIRED".to_owned()));
    let checked = store::check::files(&world.store).await.expect("a check");
    assert_eq!((checked.findings.len(), checked.orphans), (0, 0));
}

#[tokio::test]
async fn what_is_refused_leaves_no_file_and_keeps_what_was_typed() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let files = world.files();
    let fault = |reply: &Reply| (reply.status, reply.json()["code"].as_str().unwrap_or_default().to_owned(), reply.json()["field"].clone());
    let text = clerk.upload(CLAIM, JSON, &claim("slip-key-00002", "10", Some(("a.pdf", b"text")))).await;
    assert_eq!(fault(&text), (422, "TYPE_MISMATCH".to_owned(), "slip".into()), "the fault is at the field");
    let kind = clerk.upload(CLAIM, JSON, &claim("slip-key-00003", "10", Some(("a.txt", b"text")))).await;
    assert_eq!(fault(&kind), (422, "TYPE_MISMATCH".to_owned(), "slip".into()));
    let amount = clerk.upload(CLAIM, JSON, &claim("slip-key-00004", "0.001", Some(("a.pdf", PDF)))).await;
    assert_eq!(fault(&amount), (422, "AMOUNT_INVALID".to_owned(), "amount".into()));
    let mut more = claim("slip-key-00005", "10", Some(("a.pdf", PDF)));
    more.push(Part::Text("is_admin", "1"));
    assert_eq!(fault(&clerk.upload(CLAIM, JSON, &more).await), (422, "UNKNOWN_FIELD".to_owned(), "is_admin".into()));
    let large = vec![b'x'; 10_000_001];
    assert_eq!(clerk.upload(CLAIM, JSON, &claim("slip-key-00006", "10", Some(("a.pdf", &large)))).await.fault().0, 413);
    let typed = clerk.upload(CLAIM, HTML, &claim("slip-key-00007", "77.01", Some(("a.pdf", b"text")))).await;
    assert_eq!((typed.status, typed.location()), (303, "/sales/funds/top-ups/new"));
    let page = clerk.open(typed.location()).await.text();
    assert!(page.contains("value=\"77.01\"") && page.contains("TYPE_MISMATCH") && page.contains("a&amp;b=c 云"), "{page}");
    let mut editor = world.signed_in(EDITOR).await;
    assert_eq!(editor.upload(CLAIM, JSON, &claim("slip-key-00008", "1", Some(("a.pdf", PDF)))).await.fault().0, 403);
    assert_eq!(world.files(), files, "nothing is left behind");
}

#[tokio::test]
async fn the_same_form_with_its_file_is_taken_once_and_with_another_file_not_at_all() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    let first = clerk.upload(CLAIM, JSON, &claim("slip-key-00009", "10", Some(("a.pdf", PDF)))).await;
    let files = world.files();
    let again = clerk.upload(CLAIM, JSON, &claim("slip-key-00009", "10", Some(("a.pdf", PDF)))).await;
    assert_eq!((first.status, again.header("idempotent-replayed")), (200, Some("true")), "{}", first.text());
    let other = clerk.upload(CLAIM, JSON, &claim("slip-key-00009", "10", Some(("a.png", PNG)))).await;
    assert_eq!(other.fault(), (422, "KEY_REUSED".to_owned()));
    assert_eq!(world.files(), files, "the first one's file stays, the other's goes");
}

#[tokio::test]
async fn an_adjustment_shows_its_evidence_and_an_invoice_its_file_and_a_rejection_keeps_none() {
    let world = World::start().await;
    let (mut clerk, mut finance) = (world.signed_in(CLERK).await, world.signed_in(FINANCE).await);
    let estimate = finance.get("/fn/bills/console-list?query=q%3D2026-06").await.listed().rows[0].id.clone();
    let adjusted = [
        Part::Text("bill", &estimate),
        Part::Text("amount", "-6.18"),
        Part::Text("reason", "计费更正"),
        Part::Text("idempotency_key", "evidence-key-0001"),
        Part::Named("evidence", "更正单.png", PNG),
    ];
    let done = finance.upload("/fn/bills/adjust", JSON, &adjusted).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let own = address(&clerk.open("/sales/bill?period=2026-06").await, "evidence");
    assert!(own.starts_with("/sales/bill/adjustments/"), "{own}");
    assert_eq!((clerk.get(&own).await.body.as_slice(), clerk.get(&own).await.header("content-type")), (PNG, Some("image/png")));
    let mut yunfan = world.signed_in(YUNFAN).await;
    assert_eq!(yunfan.get(&own).await.status, 404);
    let queue = finance.get("/fn/invoices/queue?query=").await.listed().rows;
    let theirs = queue.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    for (id, step, kept) in [(&theirs[0], "reject", false), (&theirs[1], "issue", true)] {
        let page = finance.open(&format!("/console/invoices/{id}")).await.text();
        let value = |name: &str| {
            let at = page.find(&format!("name=\"{name}\" value=\"")).expect("a field");
            page.get(at..).and_then(|rest| rest.split('"').nth(3)).expect("a value").to_owned()
        };
        let (version, key, before) = (value("version"), value("idempotency_key"), world.files().len());
        let moved = [
            Part::Text("request", id),
            Part::Text("version", &version),
            Part::Text("idempotency_key", &key),
            Part::Text("step", step),
            Part::Text("number", "26332000000000077009"),
            Part::Text("reason", "抬头有误"),
            Part::File("发票.pdf", PDF),
        ];
        let done = finance.upload("/fn/invoices/decide", JSON, &moved).await;
        assert_eq!((done.status, world.files().len() - before), (200, usize::from(kept)), "{step} {}", done.text());
    }
    let path = format!("/console/invoices/{}", theirs[1]);
    let file = address(&finance.open(&path).await, "invoice-file");
    assert_eq!(finance.get(&file).await.body, PDF);
    let found =
        [clerk.get(&file.replace("/console/", "/sales/")).await.status, yunfan.get(&file.replace("/console/", "/sales/")).await.status];
    assert_eq!(found.iter().filter(|status| **status == 200).count(), 1, "its own company alone: {found:?}");
}

#[tokio::test]
async fn whoever_signs_in_again_finds_what_was_typed_beside_a_file() {
    let world = World::start().await;
    let mut clerk = world.signed_in(CLERK).await;
    age(&world, domain::sign_in::IDLE_SECONDS + 60).await;
    let files = world.files();
    let late = clerk.upload(CLAIM, HTML, &claim("slip-key-00010", "66.60", Some(("a.pdf", PDF)))).await;
    assert_eq!(late.status, 303);
    assert!(late.location().starts_with("/sign-in?next="), "{}", late.location());
    let next = encoded("/sales/funds/top-ups/new");
    let signed_in = clerk.submit("/fn/sign-in", &format!("email={}&password={}&next={next}", encoded(CLERK), demo::PASSWORD)).await;
    let page = clerk.open(signed_in.location()).await.text();
    assert!(page.contains("value=\"66.60\"") && page.contains("a&amp;b=c 云"), "{page}");
    assert_eq!(world.files(), files, "the file was not kept");
    let stranger = world.stranger().upload(CLAIM, JSON, &claim("slip-key-00011", "1", Some(("a.pdf", PDF)))).await;
    assert_eq!(stranger.fault(), (401, "AUTH_REQUIRED".to_owned()));
}
