use super::*;

#[test]
fn a_file_is_named_after_list_company_and_time() {
    let at: Day = "2026-06-18".parse().expect("a day");
    let at = at.start().plus_seconds(14 * 3600 + 40 * 60);
    let name = |source: Source, query: &str, company: &str, kind, lang| file_name(source, &whole(source, query), company, at, kind, lang);
    assert_eq!(name(Source::Library, "", "澜海/数科", FileKind::Xlsx, Lang::Zh), "资料库_澜海_数科_20260618-1440.xlsx");
    assert_eq!(name(Source::Library, "", "Lanhai", FileKind::Csv, Lang::En), "Resource-library_Lanhai_20260618-1440.csv");
    assert_eq!(name(Source::Bill, "period=2026-05", "澜海数科", FileKind::Pdf, Lang::Zh), "伙伴账单_澜海数科_2026-05.pdf");
}

#[test]
fn a_filter_is_said_in_words_and_a_file_holds_all_pages() {
    let asked = whole(Source::Library, "format=pdf&format=xlsx&from=2026-01-01&page=7&size=100&evil=1");
    assert_eq!((asked.page, asked.size), (1, 20));
    assert_eq!(filter_words(&LIBRARY, &asked, Lang::Zh), "格式：PDF、XLSX；更新：2026-01-01 起");
    assert_eq!(filter_words(&LIBRARY, &whole(Source::Library, ""), Lang::En), "Everything");
}

#[test]
fn each_state_that_has_ended_badly_can_be_repeated() {
    let open: Vec<_> = State::ALL.iter().filter(|state| state.is_open()).collect();
    assert_eq!(open, [&State::Queued, &State::Running]);
    assert_eq!(Step::Cancel.from(State::Completed), None);
    assert_eq!(Step::Begin.from(State::Running), Some(State::Running), "a task is taken up again after its worker has died");
}

#[test]
fn each_side_has_its_own_sources() {
    let own = [
        Source::Library,
        Source::Audit,
        Source::Ledger,
        Source::Withdrawals,
        Source::TopUps,
        Source::InvoiceRequests,
        Source::Bill,
        Source::BillLines,
    ];
    assert_eq!(Source::of(Side::Partner), own);
    let vendor = [Source::Downloads, Source::EveryAudit, Source::WithdrawalQueue, Source::TopUpQueue, Source::InvoiceQueue];
    assert_eq!(Source::of(Side::Vendor), vendor);
}
