//! PDF: pages as a reader sees them. The font is Debian's `fonts-noto-cjk`, which the tests of this crate need.

use std::path::PathBuf;

use render::{Cell, FONT_PLACES, Fault, Format, Kind, Limit, Setup, Writer};

use crate::make::{Place, bill, day, decimal, head, heads, moment, plan, text, write};
use crate::read_pdf::{Line, pages};

/// The pages of a table of bills.
fn bills(rows: i64) -> Vec<Vec<Line>> {
    table(heads(), &(1..=rows).map(bill).collect::<Vec<_>>())
}

fn table(heads: Vec<render::Head>, rows: &[Vec<Cell>]) -> Vec<Vec<Line>> {
    let place = Place::new();
    let made = write(Format::Pdf, &place.path(), plan(heads), &Setup::default(), rows).unwrap();
    let pages = pages(std::fs::read(place.path()).unwrap());
    assert_eq!((made.rows, made.pages, made.sheets), (rows.len() as u64, Some(pages.len() as u32), 0));
    pages
}

fn has(page: &[Line], text: &str) -> bool {
    page.iter().any(|line| line.text == text)
}

fn line<'p>(page: &'p [Line], text: &str) -> &'p Line {
    page.iter().find(|line| line.text == text).unwrap()
}

#[test]
fn a_page_has_title_facts_heads_rows_totals_and_foot() {
    let pages = bills(2);
    assert_eq!(pages.len(), 1);
    let expected = [
        "伙伴账单明细",
        "公司",
        "澜海数科",
        "筛选",
        "月份：2026-06",
        "制表时间",
        "2026-06-18 14:40",
        "流水号",
        "客户",
        "金额",
        "数量",
        "日期",
        "时间",
        "TX20260618-0001",
        "上海澜海数字科技有限公司",
        "1.52",
        "1",
        "2026-06-18",
        "2026-06-18 09:30:05",
        "TX20260618-0002",
        "2.52",
        "控制合计",
        "行数",
        "2",
        "金额合计",
        "162,250.52",
        "第 1 页，共 1 页",
    ];
    for text in expected {
        assert!(has(&pages[0], text), "{text} is missing in {:?}", pages[0]);
    }
}

#[test]
fn each_page_has_the_heads_and_its_number_and_rows_go_on() {
    let pages = bills(100);
    assert_eq!(pages.len(), 4);
    for (number, page) in (1..).zip(&pages) {
        assert!(has(page, "流水号") && has(page, "时间"), "page {number}");
        assert!(has(page, &format!("第 {number} 页，共 4 页")), "page {number}");
    }
    let all = pages.iter().flatten().filter(|line| line.text.starts_with("TX")).map(|line| line.text.clone()).collect::<Vec<_>>();
    assert_eq!(all, (1..=100).map(|number| format!("TX20260618-{number:04}")).collect::<Vec<_>>());
    assert!(!has(&pages[2], "控制合计") && has(&pages[3], "控制合计"));
}

#[test]
fn numbers_end_at_the_right_edge_of_their_column_below_the_head() {
    let rows = [vec![text("a"), decimal("-1234567.5")], vec![text("b"), decimal("0.05")]];
    let pages = table(vec![head("名称", Kind::Text, 10), head("金额", Kind::Decimal { places: 2 }, 10)], &rows);
    let rights = ["金额", "-1,234,567.50", "0.05"].map(|text| line(&pages[0], text).right);
    assert!(rights.iter().all(|right| (right - rights[0]).abs() < 0.1), "{rights:?}");
}

#[test]
fn text_stays_inside_its_column() {
    let chinese = "本季度的伙伴返利，将于次月十五日之前结算；".repeat(6);
    let latin = "Rebates of this quarter are settled before the fifteenth of the next month. ".repeat(4);
    let word = "x".repeat(300);
    let heads = ["一", "二", "三", "四"].map(|label| head(label, Kind::Text, 10)).to_vec();
    let pages = table(heads, &[vec![text(&chinese), text(&latin), text(&word), text("短")]]);
    let page = &pages[0];
    let lefts = ["一", "二", "三", "四"].map(|label| line(page, label).left);
    let rows = page.iter().filter(|it| it.y < line(page, "一").y - 5.0 && it.y > line(page, "控制合计").y).collect::<Vec<_>>();
    let mut texts = [String::new(), String::new(), String::new(), String::new()];
    for line in rows {
        let column = lefts.iter().rposition(|left| line.left > left - 0.1).unwrap();
        assert!((line.left - lefts[column]).abs() < 0.1, "{line:?}");
        assert!(lefts.get(column + 1).is_none_or(|next| line.right < next - 5.0), "{line:?} reaches into the next column");
        assert!(!line.text.starts_with(['，', '；']), "{line:?}");
        if column == 1 {
            assert!(latin.split(' ').any(|word| line.text.ends_with(word) && !word.is_empty()), "{line:?} breaks a word");
            texts[column].push_str(&line.text);
            texts[column].push(' ');
        } else {
            texts[column].push_str(&line.text);
        }
    }
    assert_eq!(texts, [chinese, latin, word, "短".to_owned()]);
}

#[test]
fn a_row_that_does_not_fit_goes_to_the_next_page_in_one_piece() {
    let heads = vec![head("编号", Kind::Integer, 10), head("备注", Kind::Text, 40)];
    let rows = (0..40).map(|number| vec![Cell::Integer(number), text("一行\n二行\n三行\n末行")]).collect::<Vec<_>>();
    for page in table(heads, &rows) {
        let count = |text: &str| page.iter().filter(|line| line.text == text).count();
        assert_eq!(count("一行"), count("末行"));
    }
}

#[test]
fn a_row_taller_than_a_page_goes_on_on_the_next() {
    let long = (1..=100).map(|number| format!("line {number}")).collect::<Vec<_>>().join("\n");
    let pages = table(vec![head("备注", Kind::Text, 40)], &[vec![text("before")], vec![text(&long)], vec![text("after")]]);
    let read = pages.iter().flatten().filter(|line| line.text.starts_with("line ")).count();
    assert_eq!((pages.len(), read), (4, 100));
    assert!(pages.iter().take(3).all(|page| has(page, "备注")));
    assert!(pages.iter().flatten().all(|line| line.y > 20.0), "nothing below the foot");
}

#[test]
fn a_table_without_rows_says_what_its_columns_are() {
    let pages = bills(0);
    assert_eq!(pages.len(), 1);
    assert!(has(&pages[0], "流水号") && has(&pages[0], "0"));
}

#[test]
fn columns_that_cannot_all_fit_still_hold_their_text() {
    let heads = (0..64).map(|number| head(&format!("栏{number}"), Kind::Decimal { places: 2 }, 10)).collect::<Vec<_>>();
    let row = vec![decimal("-12345678901.25"); 64];
    let pages = table(heads, &[row]);
    assert!(pages.iter().flatten().all(|line| line.left > 30.0 && line.right < 812.0));
}

#[test]
fn one_character_per_line_is_the_least() {
    let mut heads = vec![head("宽", Kind::Text, 60_000)];
    heads.extend(vec![head("窄", Kind::Text, 1); 63]);
    let row = vec![text("字字"); 64];
    assert_eq!(table(heads, &[row]).len(), 1);
}

#[test]
fn characters_without_a_shape_and_hidden_marks_do_no_harm() {
    let pages = table(vec![head("a", Kind::Text, 10)], &[vec![text("a\u{202e}b\u{200b}c\tд\u{fe0f}")], vec![text("😀ع")]]);
    assert!(has(&pages[0], "abc д"), "{:?}", pages[0]);
}

#[test]
fn a_small_file_carries_title_language_and_the_shapes_it_needs() {
    let place = Place::new();
    write(Format::Pdf, &place.path(), plan(heads()), &Setup::default(), &[bill(1)]).unwrap();
    let bytes = std::fs::read(place.path()).unwrap();
    assert!(bytes.len() < 100_000, "{}", bytes.len());
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    assert!(holds(b"/Lang (zh-CN)") || holds(b"/Lang(zh-CN)"));
    assert!(holds("伙伴账单明细".as_bytes()), "the title in the metadata");
    assert!(holds(b"D:20260618064000"), "the date in the metadata");
}

#[test]
fn two_runs_give_the_same_bytes() {
    let bytes = || {
        let place = Place::new();
        write(Format::Pdf, &place.path(), plan(heads()), &Setup::default(), &[bill(1)]).unwrap();
        std::fs::read(place.path()).unwrap()
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn rows_have_a_limit() {
    let place = Place::new();
    let setup = Setup { pdf_rows_max: 3, ..Setup::default() };
    let mut writer = Writer::begin(Format::Pdf, &place.path(), plan(heads()), &setup).unwrap();
    for number in 1..=3 {
        writer.row(&bill(number)).unwrap();
    }
    assert!(matches!(writer.row(&bill(4)), Err(Fault::TooLong { what: Limit::PdfRows, max: 3 })));
}

#[test]
fn text_has_a_limit() {
    let place = Place::new();
    let mut writer = Writer::begin(Format::Pdf, &place.path(), plan(vec![head("a", Kind::Text, 10)]), &Setup::default()).unwrap();
    let row = [text(&"a".repeat(32_000))];
    let fault = (0..300).find_map(|_| writer.row(&row).err());
    assert!(matches!(fault, Some(Fault::TooLong { what: Limit::PdfTextBytes, .. })), "{fault:?}");
}

#[test]
fn a_font_is_looked_for_where_one_says_first() {
    let place = Place::new();
    let broken = place.path().with_extension("ttc");
    std::fs::write(&broken, "no font").unwrap();
    let setup = Setup { fonts: vec![PathBuf::from("/nowhere.ttc"), broken], ..Setup::default() };
    let made = write(Format::Pdf, &place.path(), plan(heads()), &setup, &[bill(1)]).unwrap();
    assert_eq!(made.pages, Some(1), "the usual places come after");
    assert!(FONT_PLACES.contains(&"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"));
}

#[test]
fn the_calendar_and_the_clock_refuse_what_they_do_not_have() {
    assert!(render::Day::new(2026, 2, 29).is_none() && render::Day::new(2028, 2, 29).is_some());
    assert!(render::Day::new(0, 1, 1).is_none() && render::Day::new(10_000, 1, 1).is_none() && render::Day::new(2026, 13, 1).is_none());
    assert!(render::Moment::new(day(2026, 1, 1), 24, 0, 0).is_none() && render::Moment::new(day(2026, 1, 1), 23, 59, 60).is_none());
}

#[test]
fn a_paper_has_its_title_its_facts_two_by_two_and_its_note() {
    let facts = [("提现单号", "TX20260610-0027"), ("金额（元）", "80,000.00"), ("收款方", "杭州澜海数科技术有限公司")];
    let paper = render::Paper {
        title: "提现回单".to_owned(),
        facts: facts.map(|(label, value)| (label.to_owned(), value.to_owned())).to_vec(),
        note: ("说明".to_owned(), "本回单由系统根据账务记录生成。".to_owned()),
        page: "第 {n} 页，共 {m} 页".to_owned(),
        language: "zh-CN".to_owned(),
        made_at: moment(2026, 6, 18, (6, 40, 0)),
    };
    let bytes = render::paper(paper.clone(), &Setup::default()).unwrap();
    assert_eq!(render::paper(paper, &Setup::default()).unwrap(), bytes, "the same bytes each time");
    let pages = pages(bytes);
    assert_eq!(pages.len(), 1);
    let page = &pages[0];
    for (label, value) in facts {
        assert!(has(page, label) && has(page, value), "{label} {value}");
    }
    assert!(has(page, "提现回单") && has(page, "本回单由系统根据账务记录生成。") && has(page, "第 1 页，共 1 页"));
    assert!((line(page, "TX20260610-0027").y - line(page, "80,000.00").y).abs() < 0.1, "two by two");
    assert!(line(page, "本回单由系统根据账务记录生成。").y < line(page, "杭州澜海数科技术有限公司").y, "the note stands below");
}
