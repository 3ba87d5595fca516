//! `/sales/bill/pay`: paying something of a bill from the balance.

use super::{
    functions::{PayableBill, payable_bill},
    page::{PATH as BILL_PATH, crumbs},
    text,
};
use domain::bills::Payable;
use kit::{
    ActForm, ErrorSummary, Field, Hidden, Page, Stopped,
    awaited::{Answering, ask, awaited},
    form::Submit,
    lang,
    listing::use_query,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Clone)]
pub struct PayBillPage {
    bill: Answering,
}

#[lazy_route]
impl LazyRoute for PayBillPage {
    fn data() -> Self {
        let query = use_query();
        Self { bill: ask::<PayableBill>("query", query, |query| Box::pin(payable_bill(query))) }
    }

    fn view(this: Self) -> AnyView {
        kit::page::more_styles();
        awaited(this.bill, move |answer| match answer.open::<Payable>() {
            Ok(bill) => whole(bill),
            Err(fault) => view! { <Stopped fault crumbs=crumbs(Some(text::PAY.at(lang())))/> }.into_any(),
        })
    }
}

fn whole(bill: Payable) -> AnyView {
    let lang = lang();
    let Payable { period, currency, body, amount, key } = bill;
    let title = format!("{} {period}", text::PAY_TITLE.at(lang));
    let back = format!("{BILL_PATH}?period={period}&currency={currency}");
    let form = if amount.is_empty() {
        view! { <div class="body"><p>{text::NOTHING_OPEN.at(lang)}</p></div><div class="form-foot"><a class="btn" href=back>{text::BACK.at(lang)}</a></div> }
            .into_any()
    } else {
        let act = use_act("/fn/bills/pay");
        view! {
            <ActForm act>
                <div class="body fields">
                    <ErrorSummary act title=text::NOT_PAID/>
                    <Hidden name="period" value=period.clone()/>
                    <Hidden name="currency" value=currency.clone()/>
                    <Hidden name="idempotency_key" value=key/>
                    <Field act name="amount" label=text::AMOUNT value=amount hint=text::AMOUNT_HINT most=20/>
                </div>
                <div class="form-foot"><a class="btn l" href=back>{text::BACK.at(lang)}</a><Submit label=text::PAY_NOW step="pay"/></div>
            </ActForm>
        }
        .into_any()
    };
    view! {
        <Page title lede=text::PAY_LEDE.at(lang) crumbs=crumbs(Some(text::PAY.at(lang))) width="form">
            <section class="card" aria-label=text::PAY_TITLE.at(lang)><div class="body" inner_html=body></div>{form}</section>
        </Page>
    }
    .into_any()
}
