//! `/sign-in`: the form, and in demo mode the accounts to choose from. Works wholly without script.

use super::{
    demo::{ACCOUNTS, DemoAccount, FIRST, PASSWORD},
    text,
};
use kit::{
    ActForm, ErrorSummary, Field, Hidden, Icon,
    drawn::drawn_by_server,
    form::Submit,
    icon::{avatar, drawing},
    lang,
    switches::Switches,
    use_act, visit,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct SignInPage;

#[lazy_route]
impl LazyRoute for SignInPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        kit::page::more_styles();
        drawn_by_server(|| page(&next()))
    }
}

/// The page that was asked for before signing in.
fn next() -> String {
    let query = kit::pages::here().search();
    let next = domain::list::pairs(&query).into_iter().find(|(name, _)| name == "next").map(|(_, next)| next).unwrap_or_default();
    domain::sign_in::own_path(&next).to_owned()
}

fn page(next: &str) -> AnyView {
    let lang = lang();
    kit::page::set_title(text::TITLE.at(lang));
    let act = use_act("/fn/sign-in");
    let (demo, has_ended) = visit().with_value(|visit| (visit.demo, visit.has_ended));
    let next = act.value("next", next);
    let accounts = demo.then(|| accounts(&next));
    view! {
        <div class="sign-in">
            <div class="sign-in-main">
                <header class="sign-in-bar">
                    <a class="brand" href="/" rel="external">{drawing("logo", "logo")}<span>{kit::page::PRODUCT.at(lang)}</span></a>
                    <Switches/>
                </header>
                <main class="sign-in-form" id="main" tabindex="-1">
                    <div><h1>{text::TITLE.at(lang)}</h1><p class="lede">{text::LEDE.at(lang)}</p></div>
                    {has_ended.then(|| view! { <div class="note" role="status"><Icon name="info"/><div>{text::ENDED.at(lang)}</div></div> })}
                    <ErrorSummary act title=text::FAILED/>
                    <ActForm act class="fields" native=true>
                        <Hidden name="next" value=next/>
                        <Field act name="email" label=text::EMAIL hint=text::EMAIL_HINT autocomplete="username"/>
                        <Field act name="password" kind="password" label=text::PASSWORD autocomplete="current-password"/>
                        <Submit label=text::SUBMIT class="btn primary l block" step="sign-in"/>
                    </ActForm>
                    <p class="aux">{text::NO_PARTNER.at(lang)}<a class="in-text" href="/join" rel="external">{text::JOIN.at(lang)}</a></p>
                </main>
            </div>
            {accounts}
        </div>
    }
    .into_any()
}

fn accounts(next: &str) -> AnyView {
    let lang = lang();
    let rows = |accounts: &'static [DemoAccount]| accounts.iter().map(|account| row(account, next)).collect_view();
    let (first, more) = ACCOUNTS.split_at(FIRST.min(ACCOUNTS.len()));
    view! {
        <aside class="sign-in-aside" aria-label=text::DEMO.at(lang)>
            <section class="card demo-accounts" aria-labelledby="demo-title">
                <div class="head">
                    <h2 id="demo-title">{text::DEMO.at(lang)}</h2>
                    <span class="tag accent">{text::DEMO_TAG.at(lang)}</span>
                    <p class="aux">{text::DEMO_HINT.at(lang)}<code>{PASSWORD}</code></p>
                </div>
                <div class="body">
                    <ul class="rows">{rows(first)}</ul>
                    <details><summary>{text::MORE.at(lang)}{format!(" ({})", more.len())}</summary><ul class="rows">{rows(more)}</ul></details>
                </div>
            </section>
            <p class="fine">{text::FINE.at(lang)}</p>
        </aside>
    }
    .into_any()
}

fn row(account: &'static DemoAccount, next: &str) -> AnyView {
    view! {
        <li>
            <form method="post" action="/fn/sign-in">
                <input type="hidden" name="from" value="/sign-in"/>
                <input type="hidden" name="next" value=next.to_owned()/>
                <input type="hidden" name="email" value=account.email/>
                <input type="hidden" name="password" value=PASSWORD/>
                <button class="demo-account">
                    {avatar(account.name, "avatar")}
                    <span class="main"><b>{account.name}</b>" "<span class="role">{account.who.at(lang())}</span><small class="sub">{account.email}</small></span>
                    <Icon name="arrow-right" size="s"/>
                </button>
            </form>
        </li>
    }
    .into_any()
}
