//! `/console/sites`: the vendor's own hosts, and where else people go (domain.md F16).

use super::functions::{ListSites, list_sites};
use domain::{
    Lang, Text,
    leave::{OwnHost, SITES, SiteRow, Sites},
    text,
    text::grouped,
};
use kit::{
    ActForm, Crumb, ErrorSummary, Field, Hidden, Page,
    awaited::{Answering, ask},
    form::Submit,
    icon::moment,
    lang,
    list_page::{Listed, list_card},
    listing::use_query,
    page::more_styles,
    sheet::sheet,
    table::{Row, Shown, cells},
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub(super) const PATH: &str = "/console/sites";
pub(super) const ADDED: Text = text("已添加 ", "Added ");
pub(super) const REMOVED: Text = text("已移除 ", "Removed ");
const CONSOLE: Text = text("厂商控制台", "Vendor console");
const TITLE: Text = text("外部网站", "Outside web sites");
const LEDE: Text = text(
    "伙伴从资料与知识中打开了哪些网站；访问自有域名时不显示离站提示。",
    "Which web sites people opened from documents and knowledge. The way to an own host shows no notice.",
);
const OWN: Text = text("自有域名", "Own hosts");
const NO_OWN: Text = text("还没有自有域名，所有外部链接都会先提示。", "There are no own hosts: every outside link shows the notice first.");
const HOST: Text = text("域名", "Host");
const HOST_HINT: Text = text("只对该域名本身生效，不含下级域名", "For this very host, not for those below it");
const ADD: Text = text("添加域名", "Add host");
const REMOVE: Text = text("移除", "Remove");
const NOT_DONE: Text = text("列表没有变动", "The list was not changed");
const SEARCH: Text = text("按域名查找", "Find a host");
const HOST_MAX: usize = 253;

/// The page.
#[derive(Clone)]
pub struct ConsoleSites {
    query: Signal<String>,
    sites: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleSites {
    fn data() -> Self {
        let query = use_query();
        Self { query, sites: ask::<ListSites>("query", query, |query| Box::pin(list_sites(query))) }
    }

    fn view(this: Self) -> AnyView {
        let ConsoleSites { query, sites } = this;
        sheet(sites, Vec::new, move |fault| {
            let asked = SITES.read(&query.get_untracked());
            let sites = Sites { asked, rows: Vec::new(), total: 0, own: Vec::new(), today: kit::visit::today() };
            Some(shown(sites, fault.refused()))
        })
    }
}

fn found(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 个网站", grouped(count)),
        Lang::En if count == 1 => "1 web site".to_owned(),
        Lang::En => format!("{} web sites", grouped(count)),
    }
}

pub(super) fn shown(page: Sites, error: Option<(String, String)>) -> AnyView {
    let lang = lang();
    let Sites { asked, rows, total, own, today } = page;
    let rows = rows.into_iter().map(table_row).collect();
    let list = Listed { today, error, placeholder: SEARCH, ..Listed::new((&SITES, PATH, TITLE), asked, rows, (total, found(total, lang))) };
    view! {
        <Page title=TITLE.at(lang) lede=LEDE.at(lang) crumbs=vec![Crumb::to(CONSOLE.at(lang), "/console"), Crumb::here(TITLE.at(lang))]>
            <div class="stack">{own_hosts(own)}{list_card(list)}</div>
        </Page>
    }
    .into_any()
}

fn own_hosts(own: Vec<OwnHost>) -> AnyView {
    let lang = lang();
    more_styles();
    let act = use_act("/fn/sites/add");
    let rows = if own.is_empty() {
        view! { <p>{NO_OWN.at(lang)}</p> }.into_any()
    } else {
        view! { <ul class="rows" data-testid="own-hosts">{own.into_iter().map(own_host).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-label=OWN.at(lang)>
            <div class="head"><h2>{OWN.at(lang)}</h2></div>
            <div class="body">{rows}</div>
            <ActForm act>
                <div class="body fields">
                    <ErrorSummary act title=NOT_DONE/>
                    <Field act name="host" label=HOST hint=HOST_HINT most=HOST_MAX/>
                </div>
                <div class="form-foot"><Submit label=ADD class="btn" step="add"/></div>
            </ActForm>
        </section>
    }
    .into_any()
}

fn own_host(own: OwnHost) -> AnyView {
    let lang = lang();
    let act = use_act("/fn/sites/remove");
    let OwnHost { host, by, since } = own;
    let named = host.clone();
    let remove = format!("{} {host}", REMOVE.at(lang));
    view! {
        <li data-testid="own-host" data-id=host.clone()>
            <span class="main"><b>{host.clone()}</b><span class="sub">{by}" "{moment(since)}</span></span>
            <ActForm act native=true>
                <Hidden name="host" value=named/>
                <button class="btn s" data-testid="action-remove" aria-label=remove>{REMOVE.at(lang)}</button>
            </ActForm>
        </li>
    }
    .into_any()
}

fn table_row(row: SiteRow) -> Row {
    let cell = cells(&SITES);
    let number = |count: i64| Shown::Number { text: grouped(count), bytes: None };
    Row {
        id: row.host.clone(),
        cells: vec![
            cell("host", Shown::Text { text: row.host, category: None }),
            cell("clicks", number(row.clicks)),
            cell("people", number(row.people)),
            cell("last", Shown::Moment(row.last)),
        ],
    }
}
