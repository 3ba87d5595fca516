//! `/account/notifications`: by topic, the ways on which a person wants to be told.

use super::{
    functions::{MessageChoices, message_choices},
    text,
};
use domain::{
    Lang,
    machine::Keyed as _,
    message::{Channel, Choice},
};
use kit::{
    Act, ActForm, Crumb, ErrorSummary, Page, Stopped,
    awaited::{Answering, ask_once, awaited},
    form::Submit,
    icon::Icon,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct NotificationSettings {
    choices: Answering,
}

#[lazy_route]
impl LazyRoute for NotificationSettings {
    fn data() -> Self {
        Self { choices: ask_once::<MessageChoices>(|_| Box::pin(message_choices())) }
    }

    fn view(this: Self) -> AnyView {
        awaited(this.choices, |answer| match answer.open::<Vec<Choice>>() {
            Ok(choices) => whole(choices),
            Err(fault) => view! { <Stopped fault/> }.into_any(),
        })
    }
}

fn whole(choices: Vec<Choice>) -> AnyView {
    let lang = kit::lang();
    let act = use_act("/fn/messages/choose");
    let crumbs = vec![Crumb::to(text::ACCOUNT.at(lang), "/account"), Crumb::here(text::SETTINGS.at(lang))];
    let heads =
        Channel::ALL.iter().map(|channel| view! { <th scope="col" role="columnheader">{channel.label().at(lang)}</th> }).collect_view();
    let rows = choices.into_iter().map(|choice| row(act, choice, lang)).collect_view();
    view! {
        <Page title=text::SETTINGS.at(lang) lede=text::SETTINGS_LEDE.at(lang) crumbs width="form">
            <ActForm act class="stack">
                <ErrorSummary act title=text::NOT_SAVED/>
                <section class="card" aria-label=text::SETTINGS.at(lang)>
                    <div class="table-wrap">
                        <table class="table" role="table" data-testid="notifications-table">
                            <caption class="visually-hidden">{text::SETTINGS.at(lang)}</caption>
                            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{text::TOPIC.at(lang)}</th>{heads}</tr></thead>
                            <tbody role="rowgroup">{rows}</tbody>
                        </table>
                    </div>
                    <div class="foot"><Submit label=text::SAVE class="btn primary" step="save"/></div>
                </section>
            </ActForm>
        </Page>
    }
    .into_any()
}

fn row(act: Act, choice: Choice, lang: Lang) -> AnyView {
    let Choice { topic, app, mail } = choice;
    let (key, name) = (topic.key(), topic.label().at(lang));
    let tick = |channel: Channel, first: bool| {
        let (way, word) = (channel.key(), channel.label().at(lang));
        let spoken = format!("{name} {word}");
        let locked = channel == Channel::App && topic.usual().always_in_app;
        // The name of a list as the wire reads it.
        let field = format!("{way}[]");
        let ticked = locked || act.ticked(&field, key, first);
        let mark = locked.then(|| view! { <span class="tag"><Icon name="lock" size="s"/>{text::ALWAYS.at(lang)}</span> });
        view! {
            <td role="cell" data-l=word>
                <label class="check">
                    <input type="checkbox" name=field value=key checked=ticked disabled=locked aria-label=spoken data-testid=format!("choose-{key}-{way}")/>
                    {mark}
                </label>
            </td>
        }
    };
    view! {
        <tr role="row" data-testid="notifications-row" data-id=key>
            <th scope="row" role="rowheader">{name}</th>
            {tick(Channel::App, app)}
            {tick(Channel::Mail, mail)}
        </tr>
    }
    .into_any()
}
