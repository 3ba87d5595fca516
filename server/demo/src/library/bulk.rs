//! As many more documents as are asked for. Document number 7 is the same in every world that has one.

use super::{take, titles::Subject};
use crate::{at, dice::Dice, files::Content, said};
use domain::{
    Day, Id, Moment,
    access::{CanManageLibrary, Identity, Program},
    library::{Audience, Category, Description, Effective, Format, Language},
};
use std::{collections::HashSet, ops::Range};
use store::{
    Access, Store,
    ids::Ids,
    library::{self, Imported, NewFile},
};
use tokio::sync::mpsc;

/// Documents that have a file of their own; later ones share these files, so that a large world needs no large disk.
const OWN_FILES: usize = 10_000;
/// Documents whose files are written at one go, and batches that wait for the database.
const BATCH: usize = 500;
const BATCHES_WAITING: usize = 2;
/// Titles that are tried before a number makes one of its own.
const TRIES: u64 = 6;
/// When the old library was taken over, the last thing before the demo world starts.
const TAKEN_OVER: (&str, i64, i64) = ("2026-06-18", 14, 35);
/// The first and the last day of an update. Policies on incentives are older: the newest ones are written by hand.
const FIRST_DAY: &str = "2023-01-03";
const LAST_DAY: &str = "2026-06-13";
const LAST_INCENTIVE_DAY: &str = "2026-03-20";
/// The subject of the dice of the first document.
const DOCUMENTS: u64 = 0xb0_0000_0000;

/// Fills the library with the documents of these numbers.
pub(super) async fn fill(store: &Store, access: &Access<CanManageLibrary>, ids: Ids, numbers: Range<usize>) -> Result<(), String> {
    let (day, hour, minute) = TAKEN_OVER;
    store.clock.stand_at(Some(at(day, hour, minute)));
    let (send, mut receive) = mpsc::channel(BATCHES_WAITING);
    let maker = Maker { store: store.clone(), ids, titles: HashSet::new(), files: Vec::new() };
    let making = tokio::task::spawn_blocking(move || maker.make(numbers, &send));
    let mut importer = library::importer(access);
    while let Some(batch) = receive.recv().await {
        for document in batch {
            importer.push(document).await.map_err(said)?;
        }
    }
    importer.flush().await.map_err(said)?;
    making.await.map_err(|error| error.to_string())?
}

/// Makes documents and their files while the database writes the ones before.
struct Maker {
    store: Store,
    ids: Ids,
    titles: HashSet<String>,
    /// The files so far, with the text in each.
    files: Vec<(NewFile, Plan)>,
}

/// A document before its file is made.
#[derive(Clone)]
struct Plan {
    id: Id,
    about: Description,
    format: Format,
    at: Moment,
    paragraphs: Vec<String>,
}

impl Maker {
    fn make(mut self, numbers: Range<usize>, send: &mpsc::Sender<Vec<Imported>>) -> Result<(), String> {
        let mut number = numbers.start;
        while number < numbers.end {
            let until = numbers.end.min(number + BATCH);
            let plans: Vec<Plan> = (number..until).map(|number| self.plan(number)).collect();
            let documents = self.documents(number, plans)?;
            // Nobody listens any more when the database gave up; its error is the one to tell.
            if send.blocking_send(documents).is_err() {
                return Ok(());
            }
            number = until;
        }
        Ok(())
    }

    fn plan(&mut self, number: usize) -> Plan {
        let mut dice = Dice::of(DOCUMENTS + u64::try_from(number).unwrap_or(0));
        let language = if dice.below(100) < 15 { Language::En } else { Language::Zh };
        let category = dice.weighted(&CATEGORIES, Category::BusinessGuide);
        let format = dice.weighted(formats(category), Format::Pdf);
        let at = updated(&mut dice, category);
        let subject = Subject::throw(&mut dice, language);
        let title = self.title(&subject, &mut dice, category, at, number);
        let about = Description {
            summary: subject.summary(&mut dice, category, &title),
            title,
            category,
            language,
            audience: audience(&mut dice),
            effective: Effective::default(),
        };
        Plan { id: self.ids.id(), about, format, at, paragraphs: subject.paragraphs(&mut dice) }
    }

    /// A title that no document before has.
    fn title(&mut self, subject: &Subject, dice: &mut Dice, category: Category, at: Moment, number: usize) -> String {
        let year = at.day().to_string().chars().take(4).collect::<String>().parse().unwrap_or(2026);
        let mut title = String::new();
        for _ in 0..TRIES {
            title = subject.title(dice, category, year);
            if self.titles.insert(title.clone()) {
                return title;
            }
        }
        format!("{title} #{number}")
    }

    /// The documents of some plans, with their files on the disk.
    fn documents(&mut self, first: usize, plans: Vec<Plan>) -> Result<Vec<Imported>, String> {
        let own = OWN_FILES.saturating_sub(first).min(plans.len());
        let (with_file, without) = plans.split_at(own);
        let mut documents: Vec<Imported> = Vec::with_capacity(plans.len());
        for (file, plan) in self.write(with_file)?.into_iter().zip(with_file) {
            documents.push(imported(plan, file.clone(), plan));
            self.files.push((file, plan.clone()));
        }
        for (number, plan) in (first + own..).zip(without) {
            let shared = number.checked_rem(self.files.len()).and_then(|at| self.files.get(at));
            if let Some((file, original)) = shared {
                documents.push(imported(plan, file.clone(), original));
            }
        }
        Ok(documents)
    }

    /// Writes the files of plans, on every core.
    fn write(&self, plans: &[Plan]) -> Result<Vec<NewFile>, String> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let share = plans.len().div_ceil(cores).max(1);
        let written = std::thread::scope(|scope| {
            let threads: Vec<_> =
                plans.chunks(share).map(|plans| scope.spawn(|| plans.iter().map(|plan| self.file(plan)).collect())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a file could not be made".to_owned()))).collect()
        });
        let written: Result<Vec<Vec<NewFile>>, String> = written;
        written.map(|parts| parts.concat())
    }

    fn file(&self, plan: &Plan) -> Result<NewFile, String> {
        if plan.format != Format::Link {
            return take(&self.store, plan.format, &plan.content());
        }
        let link = format!("https://help.beiyu.example/articles/{}", plan.id);
        let sha256 = store::ids::hashed(&link);
        Ok(NewFile { format: Format::Link, file_name: String::new(), link: Some(link), size_bytes: 0, sha256 })
    }
}

impl Plan {
    fn content(&self) -> Content {
        let english = self.about.language == Language::En;
        Content { title: self.about.title.clone(), paragraphs: self.paragraphs.clone(), english, bytes: 0 }
    }
}

fn imported(plan: &Plan, file: NewFile, original: &Plan) -> Imported {
    let body = file.format.has_text().then(|| original.content().text());
    Imported { id: plan.id, about: plan.about.clone(), file, at: plan.at, body }
}

const CATEGORIES: [(u64, Category); 9] = [
    (8, Category::PolicyProgram),
    (10, Category::PolicyIncentive),
    (8, Category::PolicyBenefit),
    (14, Category::ProductWhitepaper),
    (16, Category::ProductSolution),
    (14, Category::ProductCase),
    (14, Category::BusinessGuide),
    (9, Category::BusinessTraining),
    (7, Category::BusinessTemplate),
];

/// How often a format is used in a category.
const fn formats(category: Category) -> &'static [(u64, Format)] {
    match category {
        Category::Policy | Category::PolicyProgram | Category::PolicyIncentive | Category::PolicyBenefit => {
            &[(66, Format::Pdf), (16, Format::Docx), (10, Format::Xlsx), (5, Format::Pptx), (2, Format::Txt), (1, Format::Link)]
        }
        Category::Product | Category::ProductWhitepaper => {
            &[(80, Format::Pdf), (8, Format::Epub), (7, Format::Docx), (3, Format::Link), (2, Format::Txt)]
        }
        Category::ProductSolution => &[(46, Format::Pptx), (40, Format::Pdf), (8, Format::Docx), (4, Format::Xlsx), (2, Format::Zip)],
        Category::ProductCase => &[(52, Format::Pdf), (32, Format::Pptx), (8, Format::Mp4), (4, Format::Png), (4, Format::Docx)],
        Category::Business | Category::BusinessGuide => {
            &[(54, Format::Pdf), (24, Format::Docx), (8, Format::Txt), (6, Format::Png), (5, Format::Epub), (3, Format::Link)]
        }
        Category::BusinessTraining => &[(44, Format::Pptx), (22, Format::Mp4), (20, Format::Pdf), (10, Format::Epub), (4, Format::Zip)],
        Category::BusinessTemplate => &[(48, Format::Xlsx), (28, Format::Docx), (20, Format::Zip), (4, Format::Txt)],
    }
}

/// When a document was last updated: a working hour of a day.
fn updated(dice: &mut Dice, category: Category) -> Moment {
    let last = if category == Category::PolicyIncentive { LAST_INCENTIVE_DAY } else { LAST_DAY };
    let day = |text: &str| text.parse::<Day>().map_or(Moment(0), Day::start);
    let (first, last) = (day(FIRST_DAY), day(last));
    let days = dice.between(0, last.seconds_since(first) / 86_400);
    first.plus_days(days).plus_seconds(dice.between(9 * 3_600, 18 * 3_600 + 1_800))
}

/// Nearly everything is for everybody.
fn audience(dice: &mut Dice) -> Audience {
    const SOME: [(u64, Option<Identity>, Option<Program>); 5] = [
        (2, Some(Identity::Distributor), None),
        (2, Some(Identity::Csp), None),
        (1, Some(Identity::Service), None),
        (2, None, Some(Program::MarketplaceService)),
        (1, None, Some(Program::EiProcurement)),
    ];
    let mut thrown = dice.below(100);
    for (weight, identity, program) in SOME {
        if thrown < weight {
            return Audience { identities: identity.into_iter().collect(), programs: program.into_iter().collect() };
        }
        thrown -= weight;
    }
    Audience::default()
}
