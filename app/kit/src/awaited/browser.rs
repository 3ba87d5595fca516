//! The browser reads the answer that the page brought, and asks for the next ones.

use super::{Asking, Draw};
use crate::late::{late_view, without_attributes};
use crate::{act::Said, browser, lang, packed::Outcome};
use domain::{Text, text};
use leptos::{
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        view::{
            Position, PositionState,
            add_attr::AddAnyAttr,
            any_view::{AnyView, AnyViewState},
        },
    },
    task::spawn_local,
};

const TRYING_AGAIN: Text = text("无法连接服务器，正在重试", "The server can't be reached; trying again");
/// The longest wait while the server cannot be reached.
const WAIT_SECONDS_MAX: u32 = 30;

/// A question that was asked.
#[derive(Clone, Copy)]
pub struct Answering {
    answer: RwSignal<Option<Outcome>>,
    again: RwSignal<()>,
}

impl Answering {
    /// The function is the server's; here it is not even there.
    #[inline]
    pub(super) fn new(path: &'static str, name: &'static str, question: Signal<String>, _: fn(String) -> Asking) -> Self {
        Self::of(path, name, question)
    }

    fn of(path: &'static str, name: &'static str, question: Signal<String>) -> Self {
        let (answer, again) = (RwSignal::new(None), RwSignal::new(()));
        let latest = StoredValue::new(0_u32);
        let brought = !browser::is_ready();
        let said = use_context::<Said>();
        Effect::new(move |before: Option<()>| {
            again.track();
            let question = question.get();
            if before.is_none() && brought {
                return;
            }
            let mine = latest.get_value().wrapping_add(1);
            latest.set_value(mine);
            browser::waits(true);
            fetch(Wanted { address: address(path, name, &question), mine, latest, answer, said }, 1);
        });
        Self { answer, again }
    }

    /// Asks the same again, unless the page has gone.
    pub fn again(self) {
        self.again.try_set(());
    }

    pub(super) fn awaited(self, draw: Draw) -> AnyView {
        let Self { answer, .. } = self;
        let view = move || match answer.get() {
            Some(outcome) => untrack(|| draw(outcome)),
            None => skeleton(),
        };
        Awaited { answer, view: view.into_any() }.into_any()
    }
}

/// An answer that is waited for.
#[derive(Clone)]
struct Wanted {
    address: String,
    mine: u32,
    latest: StoredValue<u32>,
    answer: RwSignal<Option<Outcome>>,
    said: Option<Said>,
}

/// Fetches it. While the server cannot be reached the old rows stay, the reader is told, and it is tried again.
fn fetch(wanted: Wanted, wait_seconds: u32) {
    spawn_local(async move {
        let outcome = browser::get(&wanted.address).await;
        // The reader may have gone on meanwhile, to another page or to another question.
        if wanted.latest.try_get_value() != Some(wanted.mine) {
            return;
        }
        if let Some(outcome) = outcome {
            wanted.answer.set(Some(outcome));
            browser::waits(false);
            if let Some(said) = wanted.said.filter(|_| wait_seconds > 1) {
                said.0.set(None);
            }
            return;
        }
        if let Some(said) = wanted.said {
            said.0.set(Some(TRYING_AGAIN.at(lang()).to_owned()));
        }
        browser::later(wait_seconds, move || fetch(wanted, (wait_seconds * 2).min(WAIT_SECONDS_MAX)));
    });
}

/// The first answer is not there yet.
fn skeleton() -> AnyView {
    view! {
        <main class="page" id="main" tabindex="-1" aria-busy="true">
            <div class="skeleton head"></div>
            <div class="skeleton body"></div>
        </main>
    }
    .into_any()
}

fn address(path: &str, name: &str, question: &str) -> String {
    let mut address = path.to_owned();
    if !name.is_empty() {
        address.push('?');
        address.push_str(name);
        address.push('=');
        domain::list::encode(question, &mut address);
    }
    address
}

/// The part of a page that waits for an answer.
struct Awaited {
    answer: RwSignal<Option<Outcome>>,
    view: AnyView,
}

impl Awaited {
    /// Reads the answer that stands in front of what was drawn from it.
    fn read(&self, cursor: &Cursor, position: &PositionState) {
        if position.get() == Position::FirstChild {
            cursor.child();
        } else {
            cursor.sibling();
        }
        position.set(Position::NextChild);
        self.answer.set(Some(Outcome::brought(&cursor.current())));
    }
}

impl Render for Awaited {
    type State = AnyViewState;

    fn build(self) -> AnyViewState {
        self.view.build()
    }

    fn rebuild(self, state: &mut AnyViewState) {
        self.view.rebuild(state);
    }
}

without_attributes!(Awaited);

impl RenderHtml for Awaited {
    late_view!();

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> AnyViewState {
        self.read(cursor, position);
        self.view.hydrate::<FROM_SERVER>(cursor, position)
    }

    async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> AnyViewState {
        self.read(cursor, position);
        self.view.hydrate_async(cursor, position).await
    }
}
