//! The story of the documents written by hand, played in the order of its time: published, replaced, withdrawn, downloaded.

use super::{
    featured::{Fate, Featured},
    take,
    titles::Subject,
};
use crate::{at, dice::Dice, files::Content, people::Everybody, said};
use domain::{
    Id, Moment,
    access::{CanManageLibrary, CanReadLibrary, Standing},
    library::{Format, Step},
    machine::Keyed as _,
};
use store::{
    Access, Store,
    files::Name,
    library::{self, Imported, Moved, NewDocument, NewFile, NewVersion, Waiting},
};

/// Most downloads of one document by one person.
const DOWNLOADS_MAX: i64 = 2;
/// The subject of the dice that decide downloads.
const DOWNLOADS: u64 = 0xd0_0000_0000;

/// One thing that happens.
enum Event {
    /// A draft or a document comes in.
    Came,
    /// A version comes, counted from 1.
    Replaced { no: i64, what_changed: &'static str },
    /// The document leaves the library.
    Withdrawn,
    /// Somebody downloads a version.
    Downloaded { by: Box<Standing>, no: i64 },
}

/// Who tells it to whom.
struct Stage<'a> {
    store: &'a Store,
    editor: &'a Access<CanManageLibrary>,
}

/// Plays everything; gives the number of downloads.
pub(super) async fn play(
    store: &Store,
    editor: &Access<CanManageLibrary>,
    everybody: &Everybody,
    documents: &[(Id, &Featured)],
) -> Result<usize, String> {
    let mut story: Vec<(Moment, usize, Event)> = Vec::new();
    for (place, (_, document)) in documents.iter().enumerate() {
        story.extend(events(document).into_iter().map(|(when, event)| (when, place, event)));
        story.extend(downloads(place, document, everybody).into_iter().map(|(when, event)| (when, place, event)));
    }
    story.sort_by_key(|(when, place, _)| (*when, *place));
    let stage = Stage { store, editor };
    let mut downloads = 0;
    for (when, place, event) in story {
        store.clock.stand_at(Some(when));
        let Some((id, document)) = documents.get(place) else { continue };
        downloads += usize::from(matches!(event, Event::Downloaded { .. }));
        stage.play(*id, document, place, event).await?;
    }
    Ok(downloads)
}

fn events(document: &Featured) -> Vec<(Moment, Event)> {
    let came = |(no, (day, (hour, minute), what_changed)): (i64, &(&str, (i64, i64), &'static str))| {
        let event = if no == 1 { Event::Came } else { Event::Replaced { no, what_changed } };
        (at(day, *hour, *minute), event)
    };
    let mut events: Vec<_> = (1..).zip(document.versions).map(came).collect();
    if let Fate::Withdrawn(day) = document.fate {
        events.push((at(day, 18, 0), Event::Withdrawn));
    }
    events
}

/// Who of the partners downloads a document, and when.
fn downloads(place: usize, document: &Featured, everybody: &Everybody) -> Vec<(Moment, Event)> {
    let mut dice = Dice::of(DOWNLOADS + u64::try_from(place).unwrap_or(0));
    let mut events = Vec::new();
    let Some((day, (hour, minute), _)) = document.versions.last() else { return events };
    if document.fate == Fate::Draft || document.format == Format::Link {
        return events;
    }
    let since = at(day, *hour, *minute);
    let until = match document.fate {
        Fate::Withdrawn(day) => at(day, 17, 0),
        Fate::Draft | Fate::Published => at("2026-06-18", 14, 30),
    };
    let audience = document.about().audience;
    let no = i64::try_from(document.versions.len()).unwrap_or(1);
    let readers = everybody.standings.iter().filter(|standing| !standing.programs.is_empty() && audience.includes(standing));
    for standing in readers {
        for _ in 0..dice.between(-4, DOWNLOADS_MAX) {
            let minutes = until.seconds_since(since) / 60;
            let when = since.plus_seconds(dice.between(1, minutes.max(1)) * 60 + dice.between(0, 59));
            events.push((when, Event::Downloaded { by: Box::new(standing.clone()), no }));
        }
    }
    events
}

impl Stage<'_> {
    async fn play(&self, id: Id, document: &Featured, place: usize, event: Event) -> Result<(), String> {
        match event {
            Event::Came => self.come(id, document, place).await,
            Event::Replaced { no, what_changed } => self.replace(id, document, place, no, what_changed).await,
            Event::Withdrawn => {
                let version = i64::try_from(document.versions.len()).unwrap_or(1);
                let moved = Moved { document: id, version, step: Step::Withdraw };
                library::move_document(self.editor, moved).await.map(|_| ()).map_err(said)
            }
            Event::Downloaded { by, no } => {
                let reader: Access<CanReadLibrary> = self.store.system(*by).access().map_err(said)?;
                library::record_download(&reader, id, no).await.map_err(said)
            }
        }
    }

    async fn come(&self, id: Id, document: &Featured, place: usize) -> Result<(), String> {
        let (file, content) = self.file(document, place, 1, "").await?;
        if document.fate == Fate::Draft {
            let new = NewDocument { about: document.about(), file };
            return library::create(self.editor, None, new).await.map(|_| ()).map_err(said);
        }
        let body = document.format.has_text().then(|| content.text());
        let at = self.store.clock.now();
        library::import_one(self.editor, Imported { id, about: document.about(), file, at, body }).await.map_err(said)
    }

    async fn replace(&self, id: Id, document: &Featured, place: usize, no: i64, what_changed: &str) -> Result<(), String> {
        let (file, content) = self.file(document, place, no, what_changed).await?;
        let waiting = Waiting { document: id, no, format: document.format, file: Name::content(&file.sha256) };
        let new = NewVersion {
            document: id,
            version: no - 1,
            file,
            what_changed: what_changed.to_owned(),
            // Editors leave every other old version open; both kinds are to be seen.
            keep_previous_open: no % 2 == 0,
        };
        library::replace(self.editor, None, new).await.map_err(said)?;
        let access = crate::anyone(self.store).map_err(said)?;
        library::keep_text(&access, &waiting, Ok(content.text())).await.map_err(said)
    }

    /// The file of a version, and what is in it.
    async fn file(&self, document: &Featured, place: usize, no: i64, what_changed: &str) -> Result<(NewFile, Content), String> {
        let content = content(document, place, no, what_changed);
        if let Some(link) = document.link {
            let sha256 = store::ids::hashed(link);
            let file = NewFile { format: Format::Link, file_name: String::new(), link: Some(link.to_owned()), size_bytes: 0, sha256 };
            return Ok((file, content));
        }
        let (store, format) = (self.store.clone(), document.format);
        let taken = tokio::task::spawn_blocking(move || take(&store, format, &content).map(|file| (file, content)));
        taken.await.map_err(|error| error.to_string())?
    }
}

fn content(document: &Featured, place: usize, no: i64, what_changed: &str) -> Content {
    let mut dice = Dice::of(u64::try_from(place).unwrap_or(0));
    let subject = Subject::throw(&mut dice, document.language);
    let lines = [document.summary, document.inside, what_changed];
    let mut paragraphs: Vec<String> = lines.into_iter().filter(|text| !text.is_empty()).map(str::to_owned).collect();
    paragraphs.extend(subject.paragraphs(&mut dice));
    let edition = match document.language.key() {
        "en" => format!("Edition {no}"),
        _ => format!("第 {no} 版"),
    };
    paragraphs.push(edition);
    Content { title: document.title.to_owned(), paragraphs, english: document.language.key() == "en", bytes: document.bytes }
}
