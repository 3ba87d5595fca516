//! Publishing, withdrawing and discarding: a page that asks, names the object, and says what follows (design.md, dialog).

use super::{
    console_detail::back,
    console_list::PATH,
    functions::{EditorDocument, editor_document},
    text,
};
use domain::{
    Lang,
    library::{EditorDetail, Step},
    text as words,
};
use kit::{
    ActForm, Crumb, ErrorSummary, Hidden, Stopped,
    awaited::{Answering, ask, awaited},
    form::Submit,
    lang,
    layers::{self, Question},
    listing::use_param,
    page::crumb_trail,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct ConsoleStep {
    document: Answering,
    step: Signal<String>,
}

#[lazy_route]
impl LazyRoute for ConsoleStep {
    fn data() -> Self {
        Self { document: ask::<EditorDocument>("id", use_param("id"), |id| Box::pin(editor_document(id))), step: use_param("step") }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleStep { document, step } = this;
        awaited(document, move |answer| {
            let key = step.get_untracked();
            let step = Step::ALL.iter().copied().find(|step| step.key() == key);
            match (answer.open::<EditorDetail>(), step) {
                (Ok(document), Some(step)) => asked(document, step),
                (Ok(_), None) => view! { <Stopped fault=kit::call::Fault::no_page() crumbs=back()/> }.into_any(),
                (Err(fault), _) => view! { <Stopped fault crumbs=back()/> }.into_any(),
            }
        })
    }
}

fn asked(document: EditorDetail, step: Step) -> AnyView {
    let lang = lang();
    let title = document.detail.about.title.clone();
    let id = document.detail.id.to_string();
    let act = use_act("/fn/library/move");
    let mut crumbs = back();
    crumbs.push(Crumb::to(title.clone(), format!("{PATH}/{id}")));
    let (class, label, safe) = match step {
        Step::Publish => ("btn primary", text::PUBLISH, text::CANCEL),
        Step::Withdraw => ("btn danger", text::WITHDRAW, text::KEEP_PUBLISHED),
        Step::Discard => ("btn danger", text::DISCARD, text::KEEP_DRAFT),
    };
    let question = question(step, &title, lang);
    kit::page::set_title(&question);
    let (icon, consequence) = consequence(step);
    let foot = view! {
        <ActForm act class="dialog-foot">
            <Hidden name="document" value=id.clone()/>
            <Hidden name="version" value=document.version.to_string()/>
            <Hidden name="step" value=step.key()/>
            <a class="btn" href=format!("{PATH}/{id}")>{safe.at(lang)}</a>
            <Submit label class step=step.key()/>
        </ActForm>
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            {crumb_trail(crumbs)}
            {layers::question(Question {
                asks: question,
                level: 1,
                lede: String::new(),
                follows: vec![(icon, consequence.at(lang).to_owned())],
                fault: Some(view! { <ErrorSummary act title=text::NOT_MOVED/> }.into_any()),
                foot: foot.into_any(),
            })}
        </main>
    }
    .into_any()
}

fn question(step: Step, title: &str, lang: Lang) -> String {
    match (step, lang) {
        (Step::Publish, Lang::Zh) => format!("发布《{title}》？"),
        (Step::Publish, Lang::En) => format!("Publish “{title}”?"),
        (Step::Withdraw, Lang::Zh) => format!("下线《{title}》？"),
        (Step::Withdraw, Lang::En) => format!("Withdraw “{title}”?"),
        (Step::Discard, Lang::Zh) => format!("作废《{title}》？"),
        (Step::Discard, Lang::En) => format!("Discard “{title}”?"),
    }
}

const fn consequence(step: Step) -> (&'static str, domain::Text) {
    match step {
        Step::Publish => {
            ("eye", words("受众范围内的伙伴立即可以查看和下载。", "Partners of its audience can read and download it at once."))
        }
        Step::Withdraw => (
            "eye-off",
            words(
                "伙伴立即不能查看；之前可以看到的伙伴会读到“该资料已下线”。可以重新发布。",
                "Partners can't read it any more; those who could are told that it was withdrawn. You can publish it again.",
            ),
        ),
        Step::Discard => (
            "archive",
            words("此操作不能撤销，但草稿的文件仍会保留备查。", "This can't be undone, but the file of the draft is kept on record."),
        ),
    }
}
