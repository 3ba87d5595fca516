//! The life of a document: versions, states, and forms that were read before somebody else wrote.

use crate::{
    house::{House, member, on_both},
    library::{about, file, imported, replacement},
};
use domain::{
    Error, Id,
    access::{Identity, Program, Standing},
    library::{Description, Effective, Format, State, Step},
    machine::Keyed as _,
};
use store::{
    files::Name,
    library::{self, Described, Imported, Moved, NewFile, NewVersion, Waiting},
};

fn reader() -> Standing {
    member(1, &[Identity::Csp], &[Program::CspProgram])
}

async fn step(house: &House, document: Id, version: i64, step: Step) -> Result<State, Error> {
    library::move_document(&house.editor(), Moved { document, version, step }).await
}

/// The text inside a version has been read.
async fn read(house: &House, document: Id, no: i64, text: Result<&str, &str>) {
    let waiting = Waiting { document, no, format: Format::Pdf, file: Name::content("00") };
    let text = text.map(str::to_owned).map_err(str::to_owned);
    library::keep_text(&house.stranger("x"), &waiting, text).await.expect("kept");
}

on_both! {
    async fn a_new_version_replaces_the_file_and_says_what_changed(house) {
        let id = house.publish(imported("价目表", "第一版")).await;
        let before = library::detail(&house.reader(&reader()), id).await.expect("the document");
        assert_eq!(library::replace(&house.editor(), None, replacement(id, 1, "二")).await, Ok(2));
        let after = library::detail(&house.reader(&reader()), id).await.expect("the document");
        assert!(after.updated > before.updated && after.is_new);
        assert_eq!(after.published, before.published);
        let current = &after.versions[0];
        assert_eq!((current.no, current.what_changed.as_str(), &current.sha256), (2, "改为 二", &file("二").sha256));
        let row = house.list(&reader(), "").await.rows.remove(0);
        assert_eq!((row.version_no, row.is_change, row.line[0].text.as_str()), (2, true, "改为 二"));
    }
}

on_both! {
    async fn partners_see_an_old_version_only_when_it_was_left_open(house) {
        let id = house.publish(imported("价目表", "")).await;
        library::replace(&house.editor(), None, replacement(id, 1, "二")).await.expect("closed");
        let open = NewVersion { keep_previous_open: true, ..replacement(id, 2, "三") };
        library::replace(&house.editor(), None, open).await.expect("left open");
        let partner = house.reader(&reader());
        let detail = library::detail(&partner, id).await.expect("the document");
        assert_eq!(detail.versions.iter().map(|version| version.no).collect::<Vec<_>>(), [3, 2]);
        let number = |no| {
            let partner = &partner;
            async move { library::file(partner, id, no).await.map(|file| file.version_no) }
        };
        assert_eq!((number(None).await, number(Some(2)).await, number(Some(3)).await), (Ok(3), Ok(2), Ok(3)));
        assert_eq!((number(Some(1)).await, number(Some(4)).await), (Err(Error::NotFound), Err(Error::NotFound)));
        let staff = library::editor_file(&house.editor(), id, Some(1)).await.map(|file| file.sha256);
        assert_eq!(staff, Ok(file("价目表").sha256));
    }
}

on_both! {
    async fn names_of_editors_and_notes_on_texts_are_not_told_to_partners(house) {
        let id = house.publish(imported("价目表", "")).await;
        let partners = library::detail(&house.reader(&reader()), id).await.expect("the document").versions.remove(0);
        assert_eq!((partners.added_by.as_str(), partners.text_state.as_str()), ("", ""));
        let editors = library::editor_detail(&house.editor(), id).await.expect("the document").detail.versions.remove(0);
        assert_eq!((editors.added_by.as_str(), editors.text_state.as_str()), ("编辑", "done"));
    }
}

on_both! {
    async fn the_same_file_again_is_refused(house) {
        let id = house.publish(imported("价目表", "")).await;
        let same = NewVersion { file: file("价目表"), ..replacement(id, 1, "x") };
        let refused = library::replace(&house.editor(), None, same).await.expect_err("the same file");
        assert_eq!(refused.code(), "SAME_FILE");
        assert_eq!(house.number("SELECT COUNT(*) FROM library_versions").await, 1);
    }
}

on_both! {
    async fn what_changed_must_be_said(house) {
        let id = house.publish(imported("价目表", "")).await;
        let silent = NewVersion { what_changed: " \n ".to_owned(), ..replacement(id, 1, "二") };
        let refused = library::replace(&house.editor(), None, silent).await.expect_err("nothing said");
        assert_eq!(refused.field(), Some("what_changed"));
    }
}

on_both! {
    async fn a_form_read_before_somebody_else_wrote_is_stale_and_changes_nothing(house) {
        let id = house.publish(imported("价目表", "")).await;
        let described = |version| Described { document: id, version, about: about("新名") };
        library::describe(&house.editor(), described(1)).await.expect("the first");
        assert_eq!(library::describe(&house.editor(), described(1)).await, Err(Error::Stale));
        assert_eq!(library::replace(&house.editor(), None, replacement(id, 1, "二")).await, Err(Error::Stale));
        assert_eq!(step(house, id, 1, Step::Withdraw).await, Err(Error::Stale));
        let now = library::editor_detail(&house.editor(), id).await.expect("the document");
        assert_eq!((now.version, now.state, now.detail.versions.len()), (2, State::Published, 1));
    }
}

on_both! {
    async fn of_two_editors_at_once_one_wins_and_the_other_is_told(house) {
        let id = house.publish(imported("价目表", "")).await;
        let editor = house.editor();
        let first = library::replace(&editor, None, replacement(id, 1, "二"));
        let second = library::replace(&editor, None, replacement(id, 1, "三"));
        let answers: [_; 2] = futures::future::join(first, second).await.into();
        assert_eq!(answers.iter().filter(|answer| **answer == Ok(2)).count(), 1, "{answers:?}");
        assert_eq!(answers.iter().filter(|answer| **answer == Err(Error::Stale)).count(), 1, "{answers:?}");
        assert_eq!(house.number("SELECT COUNT(*) FROM library_versions").await, 2);
    }
}

on_both! {
    async fn each_step_is_allowed_from_its_states_only(house) {
        for step_taken in Step::ALL {
            for state in State::ALL {
                let id = house.draft(&format!("{step_taken:?} {state:?}")).await;
                house.execute(&format!("UPDATE library_documents SET state = '{}' WHERE id = '{id}'", state.key())).await;
                let expected = step_taken.from(*state).ok_or_else(|| Error::WrongState { now: state.label().into() });
                assert_eq!(step(house, id, 1, *step_taken).await, expected, "{step_taken:?} from {state:?}");
            }
        }
    }
}

on_both! {
    async fn a_document_published_again_keeps_its_dates(house) {
        let id = house.publish(imported("通知", "")).await;
        let before = library::editor_detail(&house.editor(), id).await.expect("the document").detail;
        assert_eq!(step(house, id, 1, Step::Withdraw).await, Ok(State::Withdrawn));
        assert_eq!(step(house, id, 2, Step::Publish).await, Ok(State::Published));
        let after = library::editor_detail(&house.editor(), id).await.expect("the document").detail;
        assert_eq!((after.published, after.updated), (before.published, before.updated));
    }
}

on_both! {
    async fn a_draft_gets_its_dates_when_it_is_published(house) {
        let id = house.draft("通知").await;
        let draft = library::editor_detail(&house.editor(), id).await.expect("the draft").detail;
        assert_eq!(draft.published, None);
        step(house, id, 1, Step::Publish).await.expect("published");
        let published = library::editor_detail(&house.editor(), id).await.expect("the document").detail;
        assert_eq!(published.published, Some(published.updated));
        assert!(published.updated > draft.updated);
    }
}

on_both! {
    async fn a_discarded_draft_takes_no_more_changes(house) {
        let id = house.draft("弃稿").await;
        step(house, id, 1, Step::Discard).await.expect("discarded");
        let wrong_state = Error::WrongState { now: State::Discarded.label().into() };
        assert_eq!(library::replace(&house.editor(), None, replacement(id, 2, "二")).await, Err(wrong_state.clone()));
        let described = Described { document: id, version: 2, about: about("改名") };
        assert_eq!(library::describe(&house.editor(), described).await, Err(wrong_state));
    }
}

on_both! {
    async fn an_unknown_document_takes_no_changes(house) {
        assert_eq!(library::replace(&house.editor(), None, replacement(Id(5), 1, "二")).await, Err(Error::NotFound));
        let described = Described { document: Id(5), version: 1, about: about("改名") };
        assert_eq!(library::describe(&house.editor(), described).await, Err(Error::NotFound));
        assert_eq!(step(house, Id(5), 1, Step::Publish).await, Err(Error::NotFound));
    }
}

on_both! {
    async fn the_text_of_a_replaced_file_is_not_found_any_more_and_the_new_one_is_once_it_was_read(house) {
        let id = house.publish(imported("手册", "旧灯塔")).await;
        library::replace(&house.editor(), None, replacement(id, 1, "二")).await.expect("replaced");
        assert_eq!(house.found(&reader(), "旧灯塔").await, []);
        assert_eq!(house.found(&reader(), "手册").await, [id]);
        let waiting = library::next_waiting(&house.store).await.expect("an answer").expect("a file");
        assert_eq!((waiting.document, waiting.no), (id, 2));
        read(house, id, 2, Ok("新灯塔")).await;
        assert_eq!(house.found(&reader(), "新灯塔").await, [id]);
        assert!(library::next_waiting(&house.store).await.expect("an answer").is_none());
        read(house, id, 1, Ok("旧灯塔")).await;
        assert_eq!(house.found(&reader(), "旧灯塔").await, [], "an old version's text comes too late");
        read(house, id, 2, Ok("新灯塔")).await;
        assert_eq!(house.found(&reader(), "新灯塔").await, [id], "reading twice changes nothing");
    }
}

on_both! {
    async fn a_text_that_could_not_be_read_is_noted_and_not_tried_again(house) {
        let id = house.draft("坏文件").await;
        read(house, id, 1, Err("DAMAGED")).await;
        assert!(library::next_waiting(&house.store).await.expect("an answer").is_none());
        let version = library::editor_detail(&house.editor(), id).await.expect("the draft").detail.versions.remove(0);
        assert_eq!((version.text_state.as_str(), version.text_note.as_str()), ("failed", "DAMAGED"));
    }
}

on_both! {
    async fn a_file_without_text_does_not_wait_for_being_read(house) {
        let film = NewFile { format: Format::Mp4, ..file("film") };
        let new = library::NewDocument { about: about("视频"), file: film };
        library::create(&house.editor(), None, new).await.expect("a draft");
        assert!(library::next_waiting(&house.store).await.expect("an answer").is_none());
    }
}

on_both! {
    async fn a_download_is_counted_and_told_to_editors(house) {
        let members = house.company("lanhai", &[], &[Program::CspProgram], &[domain::access::Role::FinanceClerk]).await;
        let id = house.publish(imported("价目表", "")).await;
        for _ in 0..2 {
            library::record_download(&house.reader(&members[0]), id, 1).await.expect("recorded");
        }
        let detail = library::editor_detail(&house.editor(), id).await.expect("the document");
        assert_eq!((detail.detail.downloads, detail.recent.len()), (2, 2));
        assert_eq!((detail.recent[0].company.as_str(), detail.recent[0].person.as_str()), ("lanhai公司", "lanhai 0"));
        let access = house.store.system(crate::house::editor()).access().expect("an editor");
        for (keyword, hits) in [("", 2), ("价目", 2), ("LANHAI", 2), ("别的", 0), ("%", 0)] {
            let mut asked = domain::library::CONSOLE_DOWNLOADS.read("");
            asked.keyword = keyword.to_owned();
            assert_eq!(library::downloads(&access, asked).await.map(|page| page.total), Ok(hits), "{keyword}");
        }
    }
}

on_both! {
    async fn a_known_file_is_known_by_its_content_alone(house) {
        house.publish(imported("价目表", "")).await;
        assert_eq!(library::known_file(&house.editor(), &file("价目表").sha256).await, Ok(true));
        assert_eq!(library::known_file(&house.editor(), &file("别的").sha256).await, Ok(false));
    }
}

on_both! {
    async fn what_is_typed_is_trimmed_and_checked_before_it_is_kept(house) {
        let id = house.publish(imported("价目表", "")).await;
        let typed = Description { summary: " 两行\n文字 ".to_owned(), ..about("  新名  ") };
        library::describe(&house.editor(), Described { document: id, version: 1, about: typed }).await.expect("described");
        let detail = library::detail(&house.reader(&reader()), id).await.expect("the document");
        assert_eq!((detail.about.title.as_str(), detail.about.summary.as_str()), ("新名", "两行\n文字"));
        for title in ["", " ", "a\u{202e}b", &"长".repeat(201)] {
            let described = Described { document: id, version: 2, about: about(title) };
            assert!(library::describe(&house.editor(), described).await.is_err(), "{title:?}");
        }
    }
}

on_both! {
    async fn the_days_on_which_a_document_holds_are_kept_and_can_be_taken_back(house) {
        let days = Effective::read("2026-07-01", "2026-12-31").expect("two days");
        let new = imported("新政策", "正文");
        let id = house.publish(Imported { about: Description { effective: days, ..new.about.clone() }, ..new }).await;
        let read = async || library::detail(&house.reader(&reader()), id).await.expect("it is read before it holds").about.effective;
        assert_eq!(read().await, days);
        let later = Effective { from: None, ..days };
        for (version, effective) in [(1, later), (2, Effective::default())] {
            let described = Described { document: id, version, about: Description { effective, ..about("新政策") } };
            library::describe(&house.editor(), described).await.expect("described");
            assert_eq!(read().await, effective);
        }
    }
}
