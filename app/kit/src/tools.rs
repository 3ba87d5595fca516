//! The menus above a list: saved views, columns, density. Plain forms and links that only the server draws: a list's answer brings them as
//! markup, so the browser carries no code for them.

use crate::{
    drawn::drawn,
    icon::Icon,
    lang,
    words::{self, tools as say},
};
use domain::{
    exports::filter_words,
    list::{ALL_ROWS, Asked, List},
    machine::Keyed as _,
    views::{Density, Kept, Setup, View, arranged, is_changed, is_locked, kept_query, question},
};
use leptos::prelude::*;

/// A list, its page and the question that is shown.
#[derive(Clone, Copy)]
struct Shown<'a> {
    list: &'static List,
    path: &'static str,
    asked: &'a Asked,
    kept: &'a Kept,
}

/// What a list page needs besides its rows.
#[must_use]
pub fn setup(list: &'static List, path: &'static str, asked: &Asked, kept: &Kept) -> Setup {
    let shown = Shown { list, path, asked, kept };
    let columns = if kept.columns.is_empty() { Vec::new() } else { shown_columns(list, &kept.columns) };
    let compact = kept.density == Some(Density::Compact);
    Setup { columns, compact, tools: drawn(view! { {shown.views()}{shown.columns()} }.into_any()) }
}

fn shown_columns(list: &'static List, chosen: &[String]) -> Vec<String> {
    arranged(list, chosen).into_iter().filter(|(_, shown)| *shown).map(|(column, _)| column.key.to_owned()).collect()
}

impl Shown<'_> {
    fn views(self) -> AnyView {
        let lang = lang();
        let current = self.kept.view(&self.asked.view);
        let changed = current.is_some_and(|view| is_changed(self.list, self.asked, view));
        let items = self.kept.views.iter().map(|view| self.view_item(view, changed)).collect_view();
        let none = self.kept.views.is_empty().then(|| view! { <p class="menu-title">{say::NO_VIEWS.at(lang)}</p> });
        let all = self.kept.default.map(|_| {
            let here = self.asked.view == ALL_ROWS && !self.asked.is_filtered();
            let href = format!("{}?view={ALL_ROWS}", self.path);
            view! { <li><a class="menu-item" href=href aria-current=here.then_some("true")>{say::ALL_ROWS.at(lang)}</a></li> }
        });
        let name = current.map_or(say::VIEWS.at(lang).to_owned(), |view| view.name.clone());
        let dot = changed.then(|| view! { <span class="dot" title=say::CHANGED.at(lang)></span> });
        view! {
            <details class="filter" name="filter" data-set=current.map(|_| "")>
                <summary data-testid="views"><Icon name="bookmark" size="s"/><span class="val">{name}</span>{dot}<Icon name="chevron-down" size="s"/></summary>
                <div class="menu views">
                    <p class="menu-title">{say::MY_VIEWS.at(lang)}</p>
                    {none}
                    <ul>{items}{all}</ul>
                    {current.map(|view| self.view_steps(view, changed))}
                    {self.new_view()}
                </div>
            </details>
        }
        .into_any()
    }

    fn view_item(self, view: &View, changed: bool) -> AnyView {
        let lang = lang();
        let is_current = self.asked.view == view.id.to_string();
        let mut marks: Vec<String> = Vec::new();
        marks.extend((self.kept.default == Some(view.id)).then(|| say::DEFAULT.at(lang).to_owned()));
        marks.extend(view.shared.then(|| say::SHARED.at(lang).to_owned()));
        marks.push(filter_words(self.list, &self.list.read(&view.query), lang));
        marks.extend((is_current && changed).then(|| say::CHANGED.at(lang).to_owned()));
        let href = self.list.address(self.path, &question(self.list, view));
        let line = marks.join(crate::icon::dot(lang));
        view! {
            <li><a class="menu-item" href=href aria-current=is_current.then_some("true") data-testid="view" data-id=view.id.to_string()>
                <Icon name="bookmark"/><span>{view.name.clone()}<small>{line}</small></span>
            </a></li>
        }
        .into_any()
    }

    /// What can be done with the view that is open.
    fn view_steps(self, view: &View, changed: bool) -> AnyView {
        let lang = lang();
        let id = view.id.to_string();
        let is_default = self.kept.default == Some(view.id);
        let save = (changed && view.own).then(|| {
            let hidden = view! {
                <input type="hidden" name="view" value=id.clone()/>
                <input type="hidden" name="name" value=view.name.clone()/>
                <input type="hidden" name="query" value=kept_query(self.list, self.asked)/>
                {view.shared.then(|| view! { <input type="hidden" name="shared" value="yes"/> })}
            };
            self.step("/fn/views/save", hidden.into_any(), say::SAVE.at(lang), "save")
        });
        let (value, label) = if is_default { (String::new(), say::NO_DEFAULT) } else { (id.clone(), say::MAKE_DEFAULT) };
        let default =
            self.step("/fn/views/default", view! { <input type="hidden" name="view" value=value/> }.into_any(), label.at(lang), "default");
        let remove = view.own.then(|| {
            self.step("/fn/views/remove", view! { <input type="hidden" name="view" value=id/> }.into_any(), say::REMOVE.at(lang), "remove")
        });
        let steps = [save, Some(default), remove].into_iter().flatten().map(|step| view! { <li>{step}</li> });
        view! { <ul>{steps.collect_view()}</ul> }.into_any()
    }

    fn step(self, action: &'static str, hidden: AnyView, label: &'static str, step: &'static str) -> AnyView {
        let class = if step == "remove" { "menu-item danger" } else { "menu-item" };
        view! {
            <form method="post" action=action>
                {self.carried()}{hidden}
                <button class=class data-testid=format!("action-{step}-view")>{label}</button>
            </form>
        }
        .into_any()
    }

    /// The list, and where the form was sent from.
    fn carried(self) -> AnyView {
        view! {
            <input type="hidden" name="from" value=self.list.address(self.path, self.asked)/>
            <input type="hidden" name="list" value=self.list.name/>
        }
        .into_any()
    }

    fn new_view(self) -> AnyView {
        let lang = lang();
        view! {
            <form class="menu-form" method="post" action="/fn/views/save">
                {self.carried()}
                <input type="hidden" name="view" value=""/>
                <input type="hidden" name="query" value=kept_query(self.list, self.asked)/>
                <input class="input" name="name" maxlength=domain::views::NAME_MAX required placeholder=say::NAME.at(lang) aria-label=say::NAME.at(lang)/>
                <label class="check"><input type="checkbox" name="shared" value="yes"/><span>{say::SHARE.at(lang)}</span></label>
                <button class="btn s" data-testid="action-save-as-view">{say::SAVE_AS.at(lang)}</button>
            </form>
        }
        .into_any()
    }

    fn columns(self) -> AnyView {
        let lang = lang();
        let all = arranged(self.list, &self.kept.columns);
        let rows = all.into_iter().map(|(column, shown)| {
            let locked = is_locked(self.list, column.key);
            let word = column.label.at(lang);
            let steps = (!locked).then(|| {
                let step = |direction: &str, label: domain::Text, icon: &'static str| {
                    let name = format!("{}{word}", label.at(lang));
                    let value = format!("{direction}:{}", column.key);
                    view! { <button class="icon-btn" name="step" value=value aria-label=name><Icon name=icon size="s"/></button> }
                };
                view! { <span class="order">{step("up", say::UP, "chevron-up")}{step("down", say::DOWN, "chevron-down")}</span> }
            });
            view! {
                <div class="column">
                    {(!locked).then(|| view! { <span class="grip needs-script wide-only"><Icon name="grip" size="s"/></span> })}
                    <label class="check"><input type="checkbox" name="column[]" value=column.key checked=shown disabled=locked/><span>{word}</span></label>
                    {steps}
                </div>
            }
        });
        let densities = Density::ALL.iter().map(|density| {
            let chosen = self.kept.density.unwrap_or(Density::Comfortable) == *density;
            view! { <label class="check"><input type="radio" name="density" value=density.key() checked=chosen/><span>{density.label().at(lang)}</span></label> }
        });
        view! {
            <details class="filter" name="filter">
                <summary data-testid="columns"><Icon name="columns" size="s"/><span class="val">{say::COLUMNS.at(lang)}</span><Icon name="chevron-down" size="s"/></summary>
                <form class="menu" method="post" action="/fn/lists/arrange">
                    {self.carried()}
                    // The first button is the one that Enter presses.
                    <button class="visually-hidden" tabindex="-1" aria-hidden="true">{words::APPLY.at(lang)}</button>
                    <p class="menu-title">{say::CHOOSE.at(lang)}<span class="needs-script wide-only">{say::OR_DRAG.at(lang)}</span></p>
                    <div class="options" data-arrange="">{rows.collect_view()}<span class="visually-hidden" role="status"></span></div>
                    <fieldset class="options"><legend class="menu-title">{say::DENSITY.at(lang)}</legend>{densities.collect_view()}</fieldset>
                    <div class="menu-foot">
                        <button class="btn quiet s" name="step" value="reset">{say::RESET.at(lang)}</button>
                        <button class="btn primary s" data-testid="action-arrange">{words::APPLY.at(lang)}</button>
                    </div>
                </form>
            </details>
        }
        .into_any()
    }
}
