//! `/account/programs`: the programs, how one gets into each, and where the company stands.

use domain::{
    Text,
    access::{Admission, CanJoinPrograms, Permission, Program},
    machine::{Keyed, Kind},
    text,
};
use kit::{ActForm, Crumb, ErrorSummary, Hidden, Page, Status, form::Submit, lang, use_act};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub(super) const ASKED: Text = text("已通知管理员", "Your administrators were told");
pub(super) const JOINED_NOW: Text = text("已加入计划", "Your company joined the program");
const TITLE: Text = text("伙伴计划", "Partner programs");
const LEDE: Text = text(
    "加入任一计划后可使用资料库；不同计划开放不同的激励与权益。",
    "Any program opens the library; each opens its own incentives and benefits.",
);
const ACCOUNT: Text = text("账号", "Account");
const JOINED: Text = text("已加入", "Joined");
const NOT_JOINED: Text = text("未加入", "Not joined");
const JOIN: Text = text("加入计划", "Join this program");
const NOT_DONE: Text = text("未能加入", "The program was not joined");
const ADMIN_ONLY: Text = text("只有管理员可以加入计划。", "Only an administrator can join a program.");

/// The page.
#[derive(Clone)]
pub struct ProgramsPage;

#[lazy_route]
impl LazyRoute for ProgramsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let lang = lang();
        let programs = Program::ALL.iter().copied().map(program).collect_view();
        let crumbs = vec![Crumb::to(ACCOUNT.at(lang), "/account"), Crumb::here(TITLE.at(lang))];
        view! {
            <Page title=TITLE.at(lang) lede=LEDE.at(lang) crumbs>
                <ul class="rows card pad" data-testid="programs-table">{programs}</ul>
            </Page>
        }
        .into_any()
    }
}

fn program(program: Program) -> AnyView {
    let lang = lang();
    let standing = kit::visit::standing();
    let joined = standing.as_ref().is_some_and(|standing| standing.programs.contains(&program));
    let may = standing.as_ref().is_some_and(|standing| CanJoinPrograms::RULE.is_some_and(|rule| standing.may(rule).is_ok()));
    let (kind, state, label) = if joined { (Kind::Good, "joined", JOINED) } else { (Kind::Draft, "open", NOT_JOINED) };
    let tick = !joined && program.admission() == Admission::Tick;
    let form = (tick && may).then(|| join_form(program));
    let who = (tick && !may).then(|| view! { <span class="sub">{ADMIN_ONLY.at(lang)}</span> });
    view! {
        <li data-testid="programs-row" data-id=program.key()>
            <span class="main"><b>{program.label().at(lang)}</b><span class="sub">{program.admission().words().at(lang)}</span>{who}</span>
            <Status kind state label/>
            {form}
        </li>
    }
    .into_any()
}

fn join_form(program: Program) -> AnyView {
    let act = use_act("/fn/programs/join");
    view! {
        <ActForm act native=true>
            <ErrorSummary act title=NOT_DONE/>
            <Hidden name="program" value=program.key()/>
            <Submit label=JOIN class="btn primary s" step="join"/>
        </ActForm>
    }
    .into_any()
}
