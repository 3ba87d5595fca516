//! Pages of a list: total, page size, and links that keep all parameters.

use crate::{icon::Icon, lang, words};
use domain::{
    Lang,
    list::{Asked, List, SIZES, pages},
    text::grouped,
};
use leptos::prelude::*;

/// The pager.
#[component]
pub fn Pager(
    /// The list.
    list: &'static List,
    /// The path of its page.
    path: &'static str,
    /// The question.
    asked: Asked,
    /// Rows of all pages.
    total: i64,
) -> AnyView {
    let lang = lang();
    let last = pages(total, asked.size);
    let page = asked.page.min(last);
    let to = |page: u32| list.address(path, &asked.on_page(page));
    let step = |target: Option<u32>, label: &'static str, icon: &'static str, testid: &'static str, rel: &'static str| match target {
        Some(page) => {
            view! { <li><a href=to(page) aria-label=label data-testid=testid rel=rel><Icon name=icon size="s"/></a></li> }.into_any()
        }
        None => {
            view! { <li><span role="link" aria-disabled="true" aria-label=label data-testid=testid><Icon name=icon size="s"/></span></li> }
                .into_any()
        }
    };
    let numbers = numbers(page, last)
        .into_iter()
        .map(|number| match number {
            Some(number) => {
                let label = match lang {
                    Lang::Zh => format!("第 {number} 页"),
                    Lang::En => format!("Page {number}"),
                };
                view! { <li><a href=to(number) aria-current=(number == page).then_some("page") aria-label=label>{number}</a></li> }
                    .into_any()
            }
            None => view! { <li><span aria-hidden="true">"…"</span></li> }.into_any(),
        })
        .collect_view();
    let total_line = match lang {
        Lang::Zh => view! { "共 "<b>{grouped(total)}</b>" 条" }.into_any(),
        Lang::En => view! { <b>{grouped(total)}</b>" in all" }.into_any(),
    };
    view! {
        <div class="pager">
            <p>{total_line}</p>
            <SizeForm list path asked=asked.clone()/>
            <nav aria-label=words::PAGES.at(lang)>
                <ol>
                    {step((page > 1).then(|| page - 1), words::PREVIOUS.at(lang), "chevron-left", "previous-page", "prev")}
                    {numbers}
                    {step((page < last).then(|| page + 1), words::NEXT.at(lang), "chevron-right", "next-page", "next")}
                </ol>
            </nav>
        </div>
    }
    .into_any()
}

/// Page numbers around the current one; nothing stands for a gap.
fn numbers(page: u32, last: u32) -> Vec<Option<u32>> {
    let mut shown: Vec<u32> = (1..=last).filter(|number| *number == 1 || *number == last || number.abs_diff(page) <= 1).take(5).collect();
    if page + 1 < last && !shown.contains(&last) {
        shown.push(last);
    }
    let mut out = Vec::new();
    for (at, number) in shown.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| shown.get(at));
        if before.is_some_and(|before| before + 1 < *number) {
            out.push(None);
        }
        out.push(Some(*number));
    }
    out
}

#[component]
fn SizeForm(list: &'static List, path: &'static str, asked: Asked) -> AnyView {
    let lang = lang();
    let kept = domain::list::pairs(&list.write(&asked.with_size(asked.size))).into_iter().filter(|(key, _)| key != "size");
    let kept = kept.map(|(key, value)| view! { <input type="hidden" name=key value=value/> }).collect_view();
    let options = SIZES
        .iter()
        .map(|size| {
            let word = match lang {
                Lang::Zh => format!("{size} 条"),
                Lang::En => size.to_string(),
            };
            view! { <option value=size.to_string() selected=*size == asked.size>{word}</option> }
        })
        .collect_view();
    view! {
        <form action=path data-apply="">
            {kept}
            <label for="size">{words::PER_PAGE.at(lang)}</label>
            <span class="select s">
                <select class="input" id="size" name="size" data-testid="page-size">{options}</select>
                <Icon name="chevron-down" size="s"/>
            </span>
            <button class="btn quiet s until-ready">{words::APPLY.at(lang)}</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn first_last_and_neighbours_are_shown_with_gaps_between() {
        assert_eq!(numbers(1, 1), [Some(1)]);
        assert_eq!(numbers(1, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(numbers(5, 9), [Some(1), None, Some(4), Some(5), Some(6), None, Some(9)]);
        assert_eq!(numbers(9, 9), [Some(1), None, Some(8), Some(9)]);
        assert_eq!(numbers(2, 9), [Some(1), Some(2), Some(3), None, Some(9)]);
    }
}
