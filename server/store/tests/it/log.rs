//! The audit log as its company reads it.

use crate::house::{House, editor, on_both};
use domain::{
    Error, Lang,
    access::{CanExportOwn, CanReadAudit, CanReadEveryAudit, Program, Role, Side, Standing},
    audit::{AUDIT, CONSOLE_AUDIT},
    exports::{FileKind, Source},
};
use store::{
    Access, audit,
    exports::{self, NewExport, Value},
};
use tokio::sync::{mpsc, oneshot};

async fn partner(house: &House, name: &str) -> Vec<Standing> {
    house.company(name, &[], &[Program::CoDevelopment], &[Role::Administrator, Role::FinanceClerk]).await
}

async fn act(house: &House, standing: &Standing, query: &str) {
    let access: Access<CanExportOwn> = house.store.system(standing.clone()).access().expect("a partner");
    let new = NewExport { source: Source::Library, kind: FileKind::Csv, query: query.to_owned(), lang: Lang::Zh };
    exports::request(&access, None, new).await.expect("a task");
}

fn reader(house: &House, standing: &Standing) -> Result<Access<CanReadAudit>, Error> {
    house.store.system(standing.clone()).access()
}

on_both! {
    async fn a_company_reads_its_own_rows_by_action_person_and_day(house) {
        let (one, other) = (partner(house, "lanhai").await, partner(house, "qinghe").await);
        act(house, &one[0], "").await;
        act(house, &one[1], "format=pdf").await;
        act(house, &other[0], "").await;
        let access = reader(house, &one[0]).expect("an administrator");
        let found = |query: &'static str| {
            let access = &access;
            async move { audit::page(access, AUDIT.read(query)).await.expect("a page") }
        };
        let all = found("").await;
        assert_eq!((all.total, all.rows.len()), (2, 2));
        assert_eq!(all.rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [2, 1], "newest first");
        assert_eq!(found("q=lanhai%201").await.rows[0].person, one[1].name);
        assert_eq!(found("actor=lanhai%201").await.rows[0].person, one[1].name);
        assert_eq!(found("actor=LANHAI").await.total, 2, "a part of the name is enough, small or capital");
        assert_eq!(found("actor=%25").await.total, 0, "a sign of a pattern is a sign there, too");
        assert_eq!(audit::people(&access, "hai 1").await.expect("names"), [one[1].name.clone()]);
        assert!(audit::people(&access, "qinghe").await.expect("names").is_empty(), "people of another company are not suggested");
        assert_eq!(found("company=qinghe%E5%85%AC%E5%8F%B8").await.total, 2, "one company's log knows no other");
        assert_eq!(found("action=signed_in").await.total, 0);
        assert_eq!(found("action=export_requested&action=signed_in").await.total, 2);
        assert_eq!(found("to=2000-01-01").await.total, 0);
        assert_eq!(found("q=%25").await.total, 0, "a sign of a pattern is a sign");
        assert!(matches!(reader(house, &one[1]), Err(Error::WhyNot(_))), "a finance clerk is told why not");
    }
}

on_both! {
    async fn a_file_of_the_log_holds_the_rows_of_the_page_with_their_hashes(house) {
        let one = partner(house, "lanhai").await;
        for query in ["", "format=pdf", "format=docx"] {
            act(house, &one[0], query).await;
        }
        let page = audit::page(&reader(house, &one[0]).expect("an administrator"), AUDIT.read("")).await.expect("a page");
        let (count, counted) = oneshot::channel();
        let (out, mut batches) = mpsc::channel(4);
        let caller = house.store.system(one[0].clone());
        exports::rows(&caller, Source::Audit, "", Lang::En, count, out).await.expect("rows");
        assert_eq!(counted.await, Ok(3));
        let rows = batches.recv().await.expect("rows");
        let hashes: Vec<&Value> = rows.iter().filter_map(|row| row.last()).collect();
        assert_eq!(hashes, page.rows.iter().map(|row| Value::Text(row.hash.clone())).collect::<Vec<_>>().iter().collect::<Vec<_>>());
        assert!(rows[0].contains(&Value::Text("Export requested".to_owned())));
    }
}

on_both! {
    async fn operations_reads_the_logs_of_all_companies_and_documents_by_their_title(house) {
        let (one, other) = (partner(house, "lanhai").await, partner(house, "qinghe").await);
        act(house, &one[0], "").await;
        act(house, &other[0], "").await;
        let draft = house.draft("结算口径").await;
        let operations = Standing { side: Side::Vendor, roles: vec![Role::Operations], ..editor() };
        let caller = house.store.system(operations.clone());
        let access: Access<CanReadEveryAudit> = caller.access().expect("operations");
        let found = |query: &'static str| {
            let access = &access;
            async move { audit::every_page(access, CONSOLE_AUDIT.read(query)).await.expect("a page") }
        };
        let all = found("").await;
        assert_eq!(all.rows.iter().map(|row| row.title.as_deref()).collect::<Vec<_>>(), [Some("结算口径"), None, None], "newest first");
        assert_eq!(all.rows[0].object, format!("document/{draft}"), "what the chain says stays as it is");
        assert_eq!(all.rows[1].company, "qinghe公司");
        for (query, total) in [("company=qinghe%E5%85%AC%E5%8F%B8", 1), ("company=qinghe", 1), ("company=%25", 0), ("actor=lanhai%200&action=export_requested", 1), ("q=qinghe", 1), ("q=%E7%BB%93%E7%AE%97", 1), ("action=export_requested", 2), ("to=2000-01-01", 0), ("q=x%25", 0)] {
            assert_eq!(found(query).await.total, total, "{query}");
        }
        let (count, counted) = oneshot::channel();
        let (out, mut batches) = mpsc::channel(4);
        exports::rows(&caller, Source::EveryAudit, "", Lang::En, count, out).await.expect("rows");
        assert_eq!((counted.await, batches.recv().await.map(|rows| rows.len())), (Ok(3), Some(3)));
        let refused = house.store.system(Standing { roles: vec![Role::Content], ..operations }).access::<CanReadEveryAudit>();
        assert!(matches!(refused, Err(Error::WhyNot(_))));
        assert!(matches!(house.store.system(one[0].clone()).access::<CanReadEveryAudit>(), Err(Error::WhyNot(_))));
    }
}
