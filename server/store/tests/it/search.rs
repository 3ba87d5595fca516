//! Search finds the same in both databases: pieces of Chinese text, beginnings of Latin words, phrases, wherever they stand.

use crate::{
    house::{House, member, on_both},
    library::{about, imported},
};
use domain::{
    Error, Id,
    access::{Identity, Program, Standing},
    library::{Description, LIBRARY, LibraryRow},
};
use store::library::{self, Imported};

fn reader() -> Standing {
    member(1, &[Identity::Csp], &[Program::CspProgram])
}

/// A document with these three texts.
async fn document(house: &House, title: &str, summary: &str, body: &str) -> Id {
    let about = Description { summary: summary.to_owned(), ..about(title) };
    house.publish(Imported { about, ..imported(title, body) }).await
}

async fn is_found(house: &House, keyword: &str, id: Id) -> bool {
    house.found(&reader(), keyword).await.contains(&id)
}

async fn first_row(house: &House, keyword: &str) -> LibraryRow {
    let mut asked = LIBRARY.read("");
    asked.keyword = keyword.to_owned();
    let page = library::list(&house.reader(&reader()), asked).await.expect("a list");
    page.rows.into_iter().next().expect("a hit")
}

fn marked(pieces: &[domain::search::Piece]) -> Vec<&str> {
    pieces.iter().filter(|piece| piece.hit).map(|piece| piece.text.as_str()).collect()
}

on_both! {
    async fn a_piece_of_chinese_text_is_found_in_title_summary_and_file(house) {
        let id = document(house, "云主机激励政策", "适用于华东区域", "返点按季度结算，详见附录。").await;
        for keyword in ["云主机", "主机激", "励政", "政策", "云", "华东区", "东", "季度结算", "算，详", "附录"] {
            assert!(is_found(house, keyword, id).await, "{keyword}");
        }
        for keyword in ["云机", "政励", "西", "结算季度", "附件"] {
            assert!(!is_found(house, keyword, id).await, "{keyword}");
        }
    }
}

on_both! {
    async fn a_latin_word_is_found_by_its_beginning_and_not_by_its_end(house) {
        let id = document(house, "API Gateway 使用指南", "Version V2.0 of 2026", "kubernetes").await;
        for keyword in ["api", "API", "ap", "gate", "gateway使", "v2.0", "v2", "202", "2026", "kube", "Kubernetes"] {
            assert!(is_found(house, keyword, id).await, "{keyword}");
        }
        for keyword in ["pi", "way", "026", "netes", "api gatewayx", "apigateway"] {
            assert!(!is_found(house, keyword, id).await, "{keyword}");
        }
    }
}

on_both! {
    async fn full_width_and_capital_letters_are_the_same_as_others(house) {
        let id = document(house, "ＡＰＩ网关 １２３", "", "CamelCase").await;
        for keyword in ["api网关", "ＡPi", "123", "１２", "camelcase", "CAMEL"] {
            assert!(is_found(house, keyword, id).await, "{keyword}");
        }
    }
}

on_both! {
    async fn every_part_of_a_keyword_must_occur_wherever_it_stands(house) {
        let id = document(house, "云主机白皮书", "面向制造行业", "安全与合规").await;
        for keyword in ["云主机 制造", "安全 白皮书 制造", "合规\u{3000}云"] {
            assert!(is_found(house, keyword, id).await, "{keyword}");
        }
        assert!(!is_found(house, "云主机 零售", id).await);
    }
}

on_both! {
    async fn a_phrase_does_not_begin_in_one_text_and_end_in_another(house) {
        let id = document(house, "北方云", "主机房", "间").await;
        assert!(!is_found(house, "云主", id).await, "title and summary");
        assert!(!is_found(house, "房间", id).await, "summary and file");
        assert!(is_found(house, "云 主机", id).await);
    }
}

on_both! {
    async fn a_phrase_is_found_after_its_first_character_has_come_a_thousand_times(house) {
        let body = format!("{}于是云主机在最后。", "云上，".repeat(1_000));
        let id = document(house, "长文", "", &body).await;
        assert!(is_found(house, "云主机", id).await);
        assert!(is_found(house, "云上于是云主", id).await);
        assert!(!is_found(house, "云主机上", id).await);
    }
}

on_both! {
    async fn a_phrase_is_found_anywhere_in_a_long_text_also_where_it_is_cut(house) {
        let sentence = |number: usize| format!("第{number}节讲到编号{}的设备。", number * 7 + 100_000);
        let body: String = (0..6_000).map(sentence).collect();
        let id = document(house, "设备手册", "", &body).await;
        for number in (0..6_000).step_by(37).chain([5_999]) {
            let keyword = format!("{}节讲到编号{}", number, number * 7 + 100_000);
            assert!(is_found(house, &keyword, id).await, "{keyword}");
        }
        assert!(!is_found(house, "5999节讲到编号100000", id).await);
    }
}

on_both! {
    async fn a_text_of_monstrous_words_is_kept_and_searched(house) {
        let many: String = (0..3_000).map(|number| format!("{number}{} ", "y".repeat(300))).collect();
        let id = document(house, "怪文", "", &format!("{} 灯塔 {many}", "x".repeat(5_000))).await;
        assert!(is_found(house, "灯塔", id).await);
        assert!(is_found(house, &format!("2999{}", "y".repeat(150)), id).await);
    }
}

on_both! {
    async fn signs_that_mean_something_to_a_search_engine_mean_nothing_here(house) {
        let id = document(house, "云主机 and more or less", "title", "near").await;
        for keyword in [
            "\"", "'", "*", "%", "_", "\\", ":*", "()", "{}", "^", "-", "!", "&", "|", "<->", "\0", "云\" OR \"x", "云' | 'x", "NEAR(云 主)",
            "title:云", "云*", "-云", "!云", "云 & 主", "云 NOT 主", "云 AND 主", "'); DROP TABLE accounts; --", "云\u{0}机", "\u{202e}", "😀",
        ] {
            let mut asked = LIBRARY.read("");
            asked.keyword = keyword.to_owned();
            let answer = library::list(&house.reader(&reader()), asked).await;
            assert!(answer.is_ok(), "{keyword:?}: {answer:?}");
        }
        for keyword in ["云*", "-云", "'云'", "云 AND"] {
            assert!(is_found(house, keyword, id).await, "{keyword}");
        }
        for keyword in ["云 NOT 主", "title:云", "😀"] {
            assert!(!is_found(house, keyword, id).await, "{keyword}");
        }
    }
}

on_both! {
    async fn unusual_letters_are_found_as_they_are_written(house) {
        let id = document(house, "①号机房 ½ Ⅳ 〇", "𠮷野家 résumé Ärger", "ไทย ひらがな 한글").await;
        for keyword in ["①", "①号机", "½", "Ⅳ", "〇", "𠮷野", "résumé", "ärg", "ひら", "한", "ไทย"] {
            assert!(is_found(house, keyword, id).await, "{keyword}");
        }
        assert!(!is_found(house, "resume", id).await, "an accent makes another letter");
    }
}

on_both! {
    async fn a_hit_in_the_title_comes_before_one_in_the_summary_and_one_in_the_file(house) {
        let filler = "结算与开票的说明，共有若干段落。".repeat(4);
        let in_body = document(house, "丙", "无", &format!("{filler}灯塔{filler}")).await;
        let in_summary = document(house, "乙", "灯塔的说明", &filler).await;
        let in_title = document(house, "甲灯塔", "无", &filler).await;
        assert_eq!(house.found(&reader(), "灯塔").await, [in_title, in_summary, in_body]);
        let mut asked = LIBRARY.read("");
        (asked.keyword, asked.sort) = ("灯塔".to_owned(), "relevance".to_owned());
        let page = library::list(&house.reader(&reader()), asked).await.expect("a list");
        assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [in_body, in_summary, in_title]);
    }
}

on_both! {
    async fn a_title_wins_over_a_file_that_is_full_of_the_word(house) {
        let full = document(house, "丙", "无", &"灯塔照亮海面，".repeat(60)).await;
        let in_title = document(house, "甲灯塔", "无", &"结算与开票的说明。".repeat(20)).await;
        assert_eq!(house.found(&reader(), "灯塔").await, [in_title, full]);
    }
}

on_both! {
    async fn the_second_line_shows_where_the_hit_is(house) {
        document(house, "手册", "摘要在此", &format!("{}蓝鲸演练{}", "前文很长。".repeat(20), "后文很长。".repeat(40))).await;
        let row = first_row(house, "蓝鲸演练").await;
        assert_eq!(marked(&row.line), ["蓝鲸演练"]);
        let line: String = row.line.iter().map(|piece| piece.text.as_str()).collect();
        assert!(line.starts_with('…') && line.ends_with('…') && line.chars().count() < 130, "{line}");
        let row = first_row(house, "手册").await;
        assert_eq!((marked(&row.title), row.line[0].text.as_str()), (vec!["手册"], "摘要在此"));
    }
}

on_both! {
    async fn new_words_are_found_and_old_ones_are_not_after_an_edit(house) {
        let id = document(house, "旧名", "旧摘要", "正文灯塔").await;
        let about = Description { summary: "新摘要".to_owned(), ..about("新名") };
        library::describe(&house.editor(), library::Described { document: id, version: 1, about }).await.expect("described");
        for (keyword, hit) in [("旧名", false), ("旧摘", false), ("新名", true), ("新摘", true), ("灯塔", true)] {
            assert_eq!(is_found(house, keyword, id).await, hit, "{keyword}");
        }
    }
}

on_both! {
    async fn a_keyword_of_two_hundred_characters_is_looked_for_and_one_more_is_refused(house) {
        let id = document(house, "长", "", &"云".repeat(250)).await;
        let mut asked = LIBRARY.read("");
        asked.keyword = "云".repeat(200);
        let reader = house.reader(&reader());
        let page = library::list(&reader, asked.clone()).await.expect("a list");
        assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
        asked.keyword.push('云');
        let refused = library::list(&reader, asked).await.expect_err("too long");
        assert_eq!((refused.status(), refused.code()), (422, "TOO_LONG"));
    }
}

on_both! {
    async fn a_range_that_ends_before_it_begins_is_refused(house) {
        let asked = LIBRARY.read("from=2026-02-01&to=2026-01-31");
        let refused = library::list(&house.reader(&reader()), asked).await.map(|page| page.total);
        assert!(matches!(refused, Err(Error::Refused(refused)) if refused.field.as_deref() == Some("to")));
    }
}
