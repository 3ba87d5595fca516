//! `/sales/bill`: the bill of a period. The address is the state; what stands on it never changes, so the server draws it.

use super::{
    functions::{ShowBill, show_bill},
    text,
};
use domain::bills::Shown;
use kit::{
    Crumb, Page, Stopped,
    awaited::{Answering, ask, awaited},
    lang,
    listing::use_query,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The path of this page.
pub const PATH: &str = "/sales/bill";

/// The page.
#[derive(Clone)]
pub struct BillPage {
    bill: Answering,
}

#[lazy_route]
impl LazyRoute for BillPage {
    fn data() -> Self {
        let query = use_query();
        Self { bill: ask::<ShowBill>("query", query, |query| Box::pin(show_bill(query))) }
    }

    fn view(this: Self) -> AnyView {
        kit::page::more_styles();
        awaited(this.bill, move |answer| match answer.open::<Shown>() {
            Ok(bill) => whole(bill),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(None)/> }.into_any(),
        })
    }
}

/// The way here; with a section behind it.
pub(super) fn crumbs(section: Option<&'static str>) -> Vec<Crumb> {
    let lang = lang();
    let sales = Crumb::to(text::SALES.at(lang), "/sales");
    match section {
        None => vec![sales, Crumb::here(text::TITLE.at(lang))],
        Some(section) => vec![sales, Crumb::to(text::TITLE.at(lang), PATH), Crumb::here(section)],
    }
}

fn whole(bill: Shown) -> AnyView {
    let Shown { mark, actions, body } = bill;
    let mark = view! { <div class="bill-mark" inner_html=mark></div> }.into_any();
    let actions = (!actions.is_empty()).then(|| view! { <div class="bill-actions" inner_html=actions></div> }.into_any());
    view! {
        <Page title=text::TITLE.at(lang()) crumbs=crumbs(None) mark=Some(mark) actions>
            <div inner_html=body></div>
        </Page>
    }
    .into_any()
}
