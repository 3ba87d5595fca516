//! `/join`: the way into the partner network, with the reader's own position (domain.md 1.5).

use domain::{Lang, Text, access::Standing, text};
use kit::{Page, icon::Icon, lang, page::more_styles};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const TITLE: Text = text("加入伙伴网络", "Join the partner network");
const STEPS: Text = text("加入步骤", "Steps");
const CHOOSE: Text = text("选择计划", "Choose a program");
const SIGN_IN: Text = text("登录后查看贵公司的进度", "Sign in to see how far your company is");

/// A step: title, what it takes.
const WAY: [(Text, Text); 6] = [
    (
        text("企业实名认证", "Enterprise real-name authentication"),
        text("注册账号并提交营业执照，约 1 个工作日", "Register and submit the business licence; about 1 working day"),
    ),
    (
        text("加入伙伴网络", "Join the partner network"),
        text("由管理员在线阅读并签署伙伴网络协议", "An administrator reads and accepts the network agreement"),
    ),
    (
        text("选择发展路径", "Choose a development path"),
        text("软件、服务、咨询与系统集成、学习与赋能", "Software, service, consulting and integration, or learning"),
    ),
    (
        text("加入伙伴计划", "Join a partner program"),
        text("共拓计划勾选即可加入；其他计划由厂商审核，约 5 个工作日", "Co-development needs no review; others take about 5 working days"),
    ),
    (
        text("查看计划与证书", "See programs and certificates"),
        text("加入后可在“伙伴计划”查看", "Shown under “Partner programs” once you joined"),
    ),
    (
        text("商业信息认证", "Business information authentication"),
        text("向贵公司付款之前需要完成", "Needed before money is paid out to your company"),
    ),
];

/// The page; anybody may read it.
#[derive(Clone)]
pub struct JoinPage;

#[lazy_route]
impl LazyRoute for JoinPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let lang = lang();
        more_styles();
        let standing = kit::visit::standing();
        let done = standing.as_ref().map_or(0, position);
        let steps = WAY.iter().enumerate().map(|(at, step)| step_item(at, *step, done, standing.as_ref())).collect_view();
        view! {
            <Page title=TITLE.at(lang) lede=lede(standing.as_ref(), done, lang)>
                <div class="join stack" data-testid="join-page">
                    <section class="card pad" aria-label=STEPS.at(lang)><ol class="steps vertical act">{steps}</ol></section>
                </div>
            </Page>
        }
        .into_any()
    }
}

/// Steps that are behind the company.
fn position(standing: &Standing) -> usize {
    match (standing.real_name.is_some(), standing.agreement.is_some(), standing.programs.is_empty()) {
        (false, ..) => 0,
        (true, false, _) => 1,
        (true, true, true) if standing.identities.is_empty() => 2,
        (true, true, true) => 3,
        (true, true, false) => 5,
    }
}

fn lede(standing: Option<&Standing>, done: usize, lang: Lang) -> String {
    match (standing, lang) {
        (None, _) => SIGN_IN.at(lang).to_owned(),
        (Some(standing), Lang::Zh) => format!("{}已完成 {done} 步，共 6 步。", standing.company),
        (Some(standing), Lang::En) => format!("{} has done {done} of 6 steps.", standing.company),
    }
}

fn step_item(at: usize, (title, hint): (Text, Text), done: usize, standing: Option<&Standing>) -> AnyView {
    let lang = lang();
    let number = at + 1;
    if at < done {
        return view! {
            <li class="done"><span class="n" aria-hidden="true"><Icon name="check" size="s"/></span><b>{title.at(lang)}</b><small>{hint.at(lang)}</small></li>
        }
        .into_any();
    }
    let current = at == done && standing.is_some();
    let programs = current && (3..=4).contains(&number);
    let act = programs.then(|| view! { <div class="step-do"><a class="btn primary" href="/account/programs">{CHOOSE.at(lang)}</a></div> });
    view! {
        <li aria-current=current.then_some("step")>
            <span class="n" aria-hidden="true">{number}</span><b>{title.at(lang)}</b><small>{hint.at(lang)}</small>{act}
        </li>
    }
    .into_any()
}
