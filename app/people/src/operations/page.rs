//! `/console/operations`: health, background work, failed exports, outbox, storage.

use super::functions::{ShowOperations, show_operations};
use domain::{
    Lang, Text,
    machine::Keyed as _,
    operations::{Check, Operations, Retry, SHOWN_MAX, Storage, Stuck, Tally},
    text,
    text::{Bytes, grouped},
};
use kit::{
    ActForm, Crumb, ErrorSummary, Hidden, Page,
    awaited::{Answering, ask_once},
    icon::{Status, moment},
    lang,
    page::more_styles,
    sheet::plain_sheet,
    use_act,
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub(super) const PATH: &str = "/console/operations";
pub(super) const AGAIN: Text = text("已重新开始", "Begun again");
const CONSOLE: Text = text("厂商控制台", "Vendor console");
const TITLE: Text = text("运行状况", "Operations");
const LEDE: Text = text(
    "系统各部分是否正常、哪些任务没有完成以及原因；排除原因后可在此重试。",
    "How each part of the system is, which work was not done, and why. When the cause is mended, begin it again here.",
);
const PARTS: Text = text("系统状态", "Parts");
const AS_OF: Text = text("截至 ", "As of ");
const WAITING: Text = text("等待", "Waiting");
const RUNNING: Text = text("进行中", "Running");
const DONE: Text = text("已完成", "Done");
const FAILED: Text = text("已放弃", "Given up");
const JOBS: Text = text("后台任务", "Background work");
const EXPORTS: Text = text("失败的导出", "Failed exports");
const OUTBOX: Text = text("发件箱", "Outbox");
const STORAGE: Text = text("存储", "Storage");
const NONE: Text = text("没有需要处理的项目", "Nothing needs you here");
const TRY: Text = text("重试", "Try again");
const TRIES: Text = text("已尝试次数：", "Tries: ");
const RESTS: Text = text("将自动重试", "tried again by itself");
const NOT_DONE: Text = text("没有重试", "It was not tried again");
const DATABASE: Text = text("数据库", "Database");
const FILES: Text = text("文件位置", "Files lie in");
const FOLDER: Text = text("本机文件夹", "A folder of this machine");
const BUCKET: Text = text("对象存储（S3）", "Object storage (S3)");
const VERSIONS: Text = text("资料文件", "Files of documents");
const EXPORT_FILES: Text = text("导出文件", "Files of exports");
const FREE: Text = text("剩余空间", "Free space");

/// The page.
#[derive(Clone)]
pub struct ConsoleOperations {
    answer: Answering,
}

#[lazy_route]
impl LazyRoute for ConsoleOperations {
    fn data() -> Self {
        Self { answer: ask_once::<ShowOperations>(|_| Box::pin(show_operations())) }
    }

    fn view(this: Self) -> AnyView {
        plain_sheet(this.answer, Vec::new)
    }
}

pub(super) fn whole(operations: Operations) -> AnyView {
    let lang = lang();
    more_styles();
    let Operations { checks, jobs, exports, mail, stuck, storage, at } = operations;
    let of = move |retry: Retry| stuck.iter().filter(|stuck| stuck.retry == retry).cloned().collect::<Vec<_>>();
    let parts = checks.into_iter().map(|check| part(check, lang)).collect_view();
    view! {
        <Page title=TITLE.at(lang) lede=LEDE.at(lang) crumbs=vec![Crumb::to(CONSOLE.at(lang), "/console"), Crumb::here(TITLE.at(lang))]>
            <div class="stack">
                <section class="card" aria-label=PARTS.at(lang)>
                    <div class="head"><h2>{PARTS.at(lang)}</h2><p class="aux">{AS_OF.at(lang)}{moment(at)}</p></div>
                    <div class="body"><ul class="rows" data-testid="parts">{parts}</ul></div>
                </section>
                {work(JOBS, "jobs", jobs, of(Retry::Job))}
                {work(EXPORTS, "failed-exports", exports, of(Retry::Export))}
                {work(OUTBOX, "outbox", mail, of(Retry::Mail))}
                {stored(&storage)}
            </div>
        </Page>
    }
    .into_any()
}

fn part(check: Check, lang: Lang) -> AnyView {
    let Check { part, health, says } = check;
    view! {
        <li data-testid="part" data-id=part.key()>
            <span class="main"><b>{part.label().at(lang)}</b><span class="sub">{says}</span></span>
            <Status kind=health.kind() state=health.key() label=health.label()/>
        </li>
    }
    .into_any()
}

/// One kind of work: its counts, and what went wrong with a way to begin it again.
fn work(title: Text, name: &'static str, tally: Tally, stuck: Vec<Stuck>) -> AnyView {
    let lang = lang();
    let counts = [(WAITING, tally.waiting), (RUNNING, tally.running), (DONE, tally.done), (FAILED, tally.failed)];
    let counts = counts.map(|(label, count)| format!("{} {}", label.at(lang), grouped(count))).join(" · ");
    // The heading has all of them; the rows below are the newest.
    let more = i64::try_from(stuck.len()).is_ok_and(|shown| shown >= SHOWN_MAX).then(|| format!(" · {SHOWN_MAX}+"));
    let rows = if stuck.is_empty() {
        view! { <p class="aux">{NONE.at(lang)}</p> }.into_any()
    } else {
        view! { <ul class="rows">{stuck.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-label=title.at(lang) data-testid=name>
            <div class="head"><h2>{title.at(lang)}</h2><p class="aux">{counts}{more}</p></div>
            <div class="body">{rows}</div>
        </section>
    }
    .into_any()
}

fn row(stuck: Stuck) -> AnyView {
    let lang = lang();
    let act = use_act("/fn/operations/again");
    let Stuck { retry, id, name, whose, tries, problem, at, rests } = stuck;
    let rests = rests.then(|| format!(" · {}", RESTS.at(lang)));
    let label = format!("{} {name}", TRY.at(lang));
    view! {
        <li data-testid="stuck" data-id=id.to_string()>
            <span class="main">
                <b>{name}</b>
                <span class="sub">{whose}" · "{moment(at)}" · "{TRIES.at(lang)}{tries}{rests}</span>
                <span class="sub">{problem}</span>
            </span>
            <ActForm act native=true>
                <ErrorSummary act title=NOT_DONE/>
                <Hidden name="kind" value=retry.key().to_owned()/>
                <Hidden name="id" value=id.to_string()/>
                <button class="btn s" data-testid="action-again" aria-label=label>{TRY.at(lang)}</button>
            </ActForm>
        </li>
    }
    .into_any()
}

fn stored(storage: &Storage) -> AnyView {
    let lang = lang();
    let counted = |count: i64, bytes: i64| format!("{} · {}", grouped(count), Bytes(bytes));
    let place = if storage.in_bucket { BUCKET } else { FOLDER };
    let free = storage.free_bytes.map(|free| view! { <div><dt>{FREE.at(lang)}</dt><dd>{Bytes(free).to_string()}</dd></div> });
    view! {
        <section class="card" aria-label=STORAGE.at(lang) data-testid="storage">
            <div class="head"><h2>{STORAGE.at(lang)}</h2></div>
            <div class="body">
                <dl class="facts">
                    <div><dt>{DATABASE.at(lang)}</dt><dd>{format!("{} · {}", storage.database, Bytes(storage.database_bytes))}</dd></div>
                    <div><dt>{FILES.at(lang)}</dt><dd>{place.at(lang)}</dd></div>
                    <div><dt>{VERSIONS.at(lang)}</dt><dd>{counted(storage.versions, storage.versions_bytes)}</dd></div>
                    <div><dt>{EXPORT_FILES.at(lang)}</dt><dd>{counted(storage.exports, storage.exports_bytes)}</dd></div>
                    {free}
                </dl>
            </div>
        </section>
    }
    .into_any()
}
