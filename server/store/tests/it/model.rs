//! The partner's list against a model that knows nothing of databases: random documents, random questions. The number that is
//! printed repeats a run: PC_TEST_SEED=number.

use crate::{
    house::{House, member, on_both},
    library::{about, day, file},
};
use domain::{
    Id, Moment,
    access::{Identity, Program, Standing},
    library::{Audience, Category, Description, Format, LIBRARY, Language, LibraryPage},
    list::Asked,
    machine::Keyed,
    search::{Term, terms, words},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use std::collections::BTreeSet;
use store::library::{self, Imported, Moved, NewFile};

const DOCUMENTS: usize = 170;
const QUESTIONS: usize = 150;

/// Pieces of titles, summaries and texts, and of the keywords that look for them: Chinese, Latin, digits, full-width, and what is
/// none of these.
const PIECES: &[&str] = &[
    "云",
    "主机",
    "云主机",
    "机",
    "激励政策",
    "政策",
    "返点",
    "API",
    "api网关",
    "ＡＰＩ",
    "Cloud",
    "cloudy",
    "V2.0",
    "2026",
    "20260618",
    "H2",
    "1e5",
    "①",
    "½",
    "Ⅳ",
    "〇",
    "𠮷野家",
    "Ärger",
    "résumé",
    "，",
    "（",
    "-",
    "'",
    "\"",
    "*",
    "😀",
    "x'y",
    "a_b",
];

/// A document as the model knows it.
struct Known {
    id: Id,
    about: Description,
    format: Format,
    size: i64,
    downloads: i64,
    updated: Moment,
    body: String,
    listed: bool,
}

fn one<T: Copy>(rng: &mut StdRng, of: &[T]) -> T {
    of[rng.random_range(0..of.len())]
}

fn text(rng: &mut StdRng, pieces: std::ops::Range<usize>) -> String {
    let count = rng.random_range(pieces);
    let glue = |rng: &mut StdRng| if rng.random_range(0..3) == 0 { " " } else { "" };
    (0..count).map(|_| [one(rng, PIECES), glue(rng)].concat()).collect()
}

fn audience(rng: &mut StdRng) -> Audience {
    let some: &[(&[Identity], &[Program])] = &[
        (&[], &[]),
        (&[], &[]),
        (&[Identity::Distributor], &[]),
        (&[Identity::Csp, Identity::Service], &[]),
        (&[], &[Program::MarketplaceService]),
        (&[Identity::Distributor], &[Program::EiProcurement]),
    ];
    let (identities, programs) = one(rng, some);
    Audience { identities: identities.to_vec(), programs: programs.to_vec() }
}

fn readers() -> [Standing; 4] {
    [
        member(1, &[Identity::Csp], &[Program::CspProgram]),
        member(2, &[Identity::Distributor], &[Program::DistributorProgram, Program::MarketplaceService]),
        member(3, &[], &[Program::EiProcurement]),
        member(4, &[Identity::Learning], &[Program::CoDevelopment]),
    ]
}

/// Random documents, in the store and in the model.
async fn documents(house: &House, rng: &mut StdRng) -> Vec<Known> {
    let mut known = Vec::new();
    for number in 0..DOCUMENTS {
        let format = one(rng, Format::ALL);
        let body = text(rng, 0..12);
        let title = format!("{}{}", text(rng, 0..4), one(rng, &["云", "Plan", "表"]));
        let about = Description {
            summary: text(rng, 0..5).trim().to_owned(),
            category: one(rng, Category::ALL),
            language: one(rng, Language::ALL),
            audience: audience(rng),
            ..about(title.trim())
        };
        // Few sizes and moments, so that orders have ties.
        let updated = day(one(rng, &["2025-12-31", "2026-01-01", "2026-06-17"])).plus_seconds(rng.random_range(0..3) * 43_199);
        let size = rng.random_range(0..6) * 1_000;
        let file = NewFile { format, size_bytes: size, ..file(&number.to_string()) };
        let document = Imported { id: Id(0), about: about.clone(), file, at: updated, body: Some(body.clone()) };
        let id = house.publish(document).await;
        let listed = rng.random_range(0..8) > 0;
        if !listed {
            let moved = Moved { document: id, version: 1, step: domain::library::Step::Withdraw };
            library::move_document(&house.editor(), moved).await.expect("withdrawn");
        }
        let downloads = rng.random_range(0..5);
        house.execute(&format!("UPDATE library_documents SET downloads = {downloads} WHERE id = '{id}'")).await;
        known.push(Known { id, about, format, size, downloads, updated, body, listed });
    }
    known
}

fn question(rng: &mut StdRng) -> Asked {
    let mut query = Vec::new();
    if rng.random_range(0..3) == 0 {
        query.push(format!("category={}", one(rng, Category::ALL).key()));
    }
    for _ in 0..rng.random_range(0..3) {
        query.push(format!("format={}", one(rng, Format::ALL).key()));
    }
    if rng.random_range(0..4) == 0 {
        query.push(format!("language={}", one(rng, Language::ALL).key()));
    }
    if rng.random_range(0..3) == 0 {
        query.push(format!("from={}", one(rng, &["2025-12-31", "2026-01-01", "2026-01-02"])));
    }
    if rng.random_range(0..3) == 0 {
        query.push(format!("to={}", one(rng, &["2026-01-02", "2026-06-17", "2026-06-18"])));
    }
    let mut asked = LIBRARY.read(&query.join("&"));
    if rng.random_range(0..2) == 0 {
        asked.keyword = text(rng, 1..3).trim().to_owned();
    }
    let sorts: &[&str] = &["updated", "title", "size", "downloads", "relevance"];
    let sort = one(rng, if asked.keyword.is_empty() { &sorts[..4] } else { sorts });
    asked.sort = format!("{}{sort}", one(rng, &["", "-"]));
    asked.size = one(rng, &[10, 20]);
    asked
}

/// A term occurs in a text: its words one after the other, the last one perhaps going on.
fn occurs(text: &str, term: &Term) -> bool {
    let words = words(text);
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let (last, first) = term.words.split_last().expect("a word");
    words.windows(term.words.len()).any(|window| {
        let (window_last, window_first) = window.split_last().expect("a word");
        let ends = if term.open_end { window_last.starts_with(last.as_str()) } else { window_last == last };
        ends && window_first == first
    })
}

impl Known {
    fn is_for(&self, reader: &Standing) -> bool {
        self.listed && self.about.audience.includes(reader)
    }

    fn answers(&self, asked: &Asked) -> bool {
        let within = |filter: &str, key: &str| asked.chosen(filter).next().is_none() || asked.has(filter, key);
        let chosen = asked.chosen("category").filter_map(Category::read).next();
        let terms = terms(&asked.keyword);
        let texts = [&self.about.title, &self.about.summary, &self.body];
        chosen.is_none_or(|chosen| chosen.with_children().contains(&self.about.category))
            && within("format", self.format.key())
            && within("language", self.about.language.key())
            && asked.days.from.is_none_or(|from| self.updated.day() >= from)
            && asked.days.to.is_none_or(|to| self.updated.day() <= to)
            && (asked.keyword.is_empty() || !terms.is_empty())
            && terms.iter().all(|term| texts.iter().any(|text| occurs(text, term)))
    }
}

/// The documents that answer a question, in its order; relevance is the databases' own.
fn expected(known: &[Known], reader: &Standing, asked: &Asked) -> Vec<Id> {
    let mut hits: Vec<&Known> = known.iter().filter(|document| document.is_for(reader) && document.answers(asked)).collect();
    let (key, down) = asked.sort_key();
    match key {
        "title" => hits.sort_by(|a, b| (&a.about.title, a.id).cmp(&(&b.about.title, b.id))),
        "size" => hits.sort_by_key(|document| (document.size, document.id)),
        "downloads" => hits.sort_by_key(|document| (document.downloads, document.id)),
        _ => hits.sort_by_key(|document| (document.updated, document.id)),
    }
    if down {
        hits.reverse();
    }
    hits.iter().map(|document| document.id).collect()
}

/// The tree's counts as the model counts them.
fn check_counts(known: &[Known], reader: &Standing, page: &LibraryPage, about: &str) {
    let seen: Vec<&Known> = known.iter().filter(|document| document.is_for(reader)).collect();
    let count = |fits: &dyn Fn(&Known) -> bool| i64::try_from(seen.iter().filter(|document| fits(document)).count()).expect("a count");
    assert_eq!(page.counts.all, count(&|_| true), "{about}");
    for (category, counted) in &page.counts.categories {
        let below = category.with_children();
        assert_eq!(*counted, count(&|document| below.contains(&document.about.category)), "{about}, {category:?}");
    }
    let chosen = page.asked.chosen("category").filter_map(Category::read).next().map(Category::with_children);
    for (format, counted) in &page.counts.formats {
        let fits =
            |document: &Known| document.format == *format && chosen.as_ref().is_none_or(|chosen| chosen.contains(&document.about.category));
        assert_eq!(*counted, count(&fits), "{about}, {format:?}");
    }
}

on_both! {
    async fn every_question_is_answered_as_the_model_answers_it(house) {
        let seed = std::env::var("PC_TEST_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or_else(|| rand::rng().random());
        println!("PC_TEST_SEED={seed}");
        let mut rng = StdRng::seed_from_u64(seed);
        let known = documents(house, &mut rng).await;
        for _ in 0..QUESTIONS {
            let reader = one(&mut rng, &[0, 1, 2, 3]);
            let reader = &readers()[reader];
            let asked = question(&mut rng);
            let about = format!("PC_TEST_SEED={seed} {asked:?}");
            let expected = expected(&known, reader, &asked);
            let mut found = Vec::new();
            for number in 1..=domain::list::pages(i64::try_from(expected.len()).expect("a count"), asked.size) + 1 {
                let page = library::list(&house.reader(reader), asked.on_page(number)).await.expect("a page");
                assert_eq!(page.total, i64::try_from(expected.len()).expect("a count"), "{about}");
                check_counts(&known, reader, &page, &about);
                found.extend(page.rows.iter().map(|row| row.id));
            }
            if asked.sort_key().0 == "relevance" {
                assert_eq!(found.len(), expected.len(), "{about}");
                let set = |ids: &[Id]| ids.iter().copied().collect::<BTreeSet<_>>();
                assert_eq!(set(&found), set(&expected), "{about}");
            } else {
                assert_eq!(found, expected, "{about}");
            }
        }
    }
}
