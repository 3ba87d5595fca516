//! `/console`: what waits for the reader in the queues they look after, and every page of theirs. Drawn by the server.

use domain::{Text, text};
use kit::{
    awaited::{Answering, ask_once},
    call::Answer,
    packed::Packed,
    sheet::plain_sheet,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use server_fn::codec::{GetUrl, Json};

#[cfg(not(target_arch = "wasm32"))]
use waiting::open_queues;

const PATH: &str = "/console";
#[cfg(not(target_arch = "wasm32"))]
const TITLE: Text = text("厂商控制台", "Vendor console");

/// What waits for the reader, and the pages that they may open.
#[server(prefix = "/fn", endpoint = "console/home", input = GetUrl, output = Json)]
pub async fn console_home() -> Answer<Packed> {
    let access = kit::call::access::<domain::access::CanUseConsole>()?;
    let queues = open_queues(access.caller()).await?;
    let standing = access.caller().standing()?.clone();
    Ok(kit::sheet::drawn(PATH, "", || waiting::shown(queues, &standing)))
}

/// The page.
#[derive(Clone)]
pub struct ConsoleHomePage {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleHomePage {
    fn data() -> Self {
        Self { answer: ask_once::<ConsoleHome>(|_| Box::pin(console_home())) }
    }

    fn view(this: Self) -> AnyView {
        plain_sheet(this.answer, Vec::new)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod waiting {
    use super::{PATH, TITLE, Text, text};
    use domain::{
        Error, Lang, Money,
        access::{CanIssueInvoices, CanManageLibrary, CanReviewInformation, CanReviewTopUps, CanReviewWithdrawals, Standing},
        invoice::{CONSOLE_INFORMATION, CONSOLE_REQUESTS, QueueTab, ReviewTab},
        library::CONSOLE_LIBRARY,
        list::{Asked, List},
        machine::Keyed,
        menu::{CONSOLE, Entry, Shown},
        text::grouped,
        top_up::{self, CONSOLE_TOP_UPS},
        withdrawal::{self, CONSOLE_WITHDRAWALS},
    };
    use kit::{Page, icon::Icon, lang, money::amount};
    use leptos::prelude::*;
    use store::Caller;

    const WAITING: Text = text("待处理", "Waiting for you");
    const NOTHING: Text = text("没有待处理的事项", "Nothing waits for you");
    const NOTHING_HINT: Text = text("新的申请会显示在这里。", "New requests appear here.");
    const GO: Text = text("去处理", "Open");

    /// What waits in one tab of a queue.
    pub(super) struct Waiting {
        what: Text,
        stage: Text,
        key: &'static str,
        icon: &'static str,
        count: i64,
        sum: Option<Money>,
        href: String,
    }

    /// A row of the smallest page: only its counts are of interest.
    fn first(list: &'static List) -> Asked {
        list.read("size=10")
    }

    /// The tabs with something in them, of every queue that the caller looks after.
    ///
    /// # Errors
    /// The database does not answer.
    pub(super) async fn open_queues(caller: &Caller) -> Result<Vec<Waiting>, Error> {
        let mut all = Vec::new();
        if let Ok(access) = caller.access::<CanReviewWithdrawals>() {
            use withdrawal::Tab;
            let page = store::withdrawals::queue(&access, first(&CONSOLE_WITHDRAWALS)).await?;
            let sum = |tab| (tab == Tab::Review).then_some(page.waiting);
            let queue = Queue { what: text("提现", "Withdrawals"), icon: "banknote", path: "/console/withdrawals" };
            all.extend(queue.tabs(&page.counts, Tab::Done, sum));
        }
        if let Ok(access) = caller.access::<CanReviewTopUps>() {
            use top_up::Tab;
            let page = store::top_ups::queue(&access, first(&CONSOLE_TOP_UPS)).await?;
            let sum = |tab| (tab == Tab::Review).then_some(page.waiting);
            let queue = Queue { what: text("充值认领", "Top-up claims"), icon: "wallet", path: "/console/top-ups" };
            all.extend(queue.tabs(&page.counts, Tab::Done, sum));
        }
        if let Ok(access) = caller.access::<CanIssueInvoices>() {
            let page = store::invoices::queue(&access, first(&CONSOLE_REQUESTS)).await?;
            let sum = |tab| (tab == QueueTab::Requests).then_some(page.waiting);
            let queue = Queue { what: text("开票申请", "Invoice requests"), icon: "file-text", path: "/console/invoices" };
            all.extend(queue.tabs(&page.counts, QueueTab::Done, sum));
        }
        if let Ok(access) = caller.access::<CanReviewInformation>() {
            let page = store::invoices::reviews(&access, first(&CONSOLE_INFORMATION)).await?;
            let queue =
                Queue { what: text("发票信息", "Invoice information"), icon: "file-pen", path: "/console/invoices/information" };
            all.extend(queue.tabs(&page.counts, ReviewTab::Done, |_| None));
        }
        if let Ok(access) = caller.access::<CanManageLibrary>() {
            let page = store::library::editor_list(&access, CONSOLE_LIBRARY.read("state=draft&size=10")).await?;
            all.extend((page.total > 0).then(|| Waiting {
                what: text("资料", "Documents"),
                stage: text("草稿", "Drafts"),
                key: "draft",
                icon: "books",
                count: page.total,
                sum: None,
                href: "/console/library?state=draft".to_owned(),
            }));
        }
        Ok(all)
    }

    /// A queue with tabs.
    struct Queue {
        what: Text,
        icon: &'static str,
        path: &'static str,
    }

    impl Queue {
        fn tabs<T: Keyed>(&self, counts: &[(T, i64)], done: T, sum: impl Fn(T) -> Option<Money>) -> Vec<Waiting> {
            let waits = counts.iter().filter(|(tab, count)| *tab != done && *count > 0);
            let one = |(tab, count): &(T, i64)| Waiting {
                what: self.what,
                stage: tab.label(),
                key: tab.key(),
                icon: self.icon,
                count: *count,
                sum: sum(*tab),
                href: format!("{}?tab={}", self.path, tab.key()),
            };
            waits.map(one).collect()
        }
    }

    pub(super) fn shown(queues: Vec<Waiting>, standing: &Standing) -> AnyView {
        let lang = lang();
        kit::page::more_styles();
        let badge = (!queues.is_empty()).then(|| view! { <span class="badge act">{queues.len()}</span> });
        let list = if queues.is_empty() {
            let (title, hint) = (NOTHING.at(lang), NOTHING_HINT.at(lang));
            view! { <div class="empty small"><Icon name="check-circle" size="l"/><h3>{title}</h3><p>{hint}</p></div> }.into_any()
        } else {
            let rows = queues.into_iter().map(|queue| row(queue, lang)).collect_view();
            view! { <ul class="todo" data-testid="queues">{rows}</ul> }.into_any()
        };
        let groups = CONSOLE.iter().filter_map(|group| {
            let entries: Vec<AnyView> = group.entries().filter_map(|entry| card(entry, standing, lang)).collect();
            let title = group.label.at(lang);
            (!entries.is_empty()).then(move || {
                view! { <section class="card" aria-label=title><div class="head"><h2>{title}</h2></div><div class="body"><ul class="rows">{entries}</ul></div></section> }
            })
        });
        let groups: Vec<_> = groups.collect();
        view! {
            <Page title=TITLE.at(lang) lede=standing.company.clone()>
                <div class="with-aside">
                    <section class="card" aria-label=WAITING.at(lang)><div class="head"><h2>{WAITING.at(lang)}</h2>{badge}</div>{list}</section>
                    <div class="stack">{groups}</div>
                </div>
            </Page>
        }
        .into_any()
    }

    fn row(queue: Waiting, lang: Lang) -> AnyView {
        let Waiting { what, stage, key, icon, count, sum, href } = queue;
        let title = format!("{}{}{}", what.at(lang), kit::icon::dot(lang), stage.at(lang));
        let counted = match lang {
            Lang::Zh => format!("{} 项", grouped(count)),
            Lang::En => grouped(count),
        };
        let sum = sum.map(|sum| view! { <span class="money">{amount(sum, "")}</span> });
        view! {
            <li data-queue=key data-count=count>
                <span class="todo-icon"><Icon name=icon/></span>
                <div class="main"><span class="what">{title.clone()}</span><span class="sub">{counted}</span></div>
                {sum}
                <div class="act"><a class="btn s" href=href>{GO.at(lang)}<span class="visually-hidden">{format!(" {title}")}</span></a></div>
            </li>
        }
        .into_any()
    }

    fn card(entry: &'static Entry, standing: &Standing, lang: Lang) -> Option<AnyView> {
        if entry.path == PATH || entry.shown_to(standing) != Shown::Open {
            return None;
        }
        let (label, hint) = (entry.label.at(lang), entry.hint.at(lang));
        let link =
            view! { <li><Icon name="chevron-right"/><a class="main" href=entry.path>{label}<span class="sub">{hint}</span></a></li> };
        Some(link.into_any())
    }
}
