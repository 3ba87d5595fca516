//! `/leave`: the notice before another web site (domain.md F16). Nothing goes on by itself; the server has checked the target.

use domain::{Lang, Text, leave::Refusal, text};
use kit::{
    Crumb, Stopped,
    drawn::drawn_by_server,
    icon::{Icon, drawing},
    lang,
    page::{PRODUCT, more_styles, set_title},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

const TITLE: Text = text("即将离开伙伴中心", "You are leaving Partner Center");
const TARGET: Text = text("目标网站", "Web site");
const WARNING: Text = text(
    "请勿在该网站输入伙伴中心的账号、密码、验证码或付款信息。",
    "Do not enter your account, password, codes or payment details of Partner Center there.",
);
const GO_ON: Text = text("继续访问", "Continue");
const BACK: Text = text("返回", "Back");
const NOT_AGAIN: Text = text("本次登录期间不再提示此网站", "Do not ask about this web site again in this session");

/// A target that the server has signed, provided with the request of the notice.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The whole address.
    pub to: String,
    /// Its host, in the letters that name servers know: what looks like another host shows here.
    pub host: String,
    /// The signature, for the step from the notice.
    pub sig: String,
    /// The page to go back to; an own path.
    pub from: String,
    /// Short name of the vendor.
    pub vendor: String,
}

/// The page.
#[derive(Clone)]
pub struct LeavePage;

#[lazy_route]
impl LazyRoute for LeavePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        more_styles();
        drawn_by_server(|| match use_context::<Leaving>() {
            Some(leaving) => notice(leaving),
            None => refused(),
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn refused() -> AnyView {
    let crumbs: Vec<Crumb> = Vec::new();
    view! { <Stopped fault=domain::Error::from(Refusal::LinkInvalid).into() crumbs/> }.into_any()
}

#[cfg(target_arch = "wasm32")]
fn refused() -> AnyView {
    ().into_any()
}

/// The owner's sentence.
fn sentence(vendor: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("您即将访问非{vendor}网站，请注意账号财产安全"),
        Lang::En => {
            format!("You are about to visit a website that does not belong to {vendor}. Mind the safety of your account and property.")
        }
    }
}

fn notice(leaving: Leaving) -> AnyView {
    let lang = lang();
    set_title(TITLE.at(lang));
    view! {
        <div class="bare">
            <header class="bare-bar"><a class="brand" href="/">{drawing("logo", "logo")}<span>{PRODUCT.at(lang)}</span></a></header>
            <main id="main" tabindex="-1">
                <section class="card leave" data-testid="leave">
                    {drawing("art", "art-leave")}
                    <h1>{TITLE.at(lang)}</h1>
                    <p>{sentence(&leaving.vendor, lang)}</p>
                    <div class="target">
                        <p class="lab">{TARGET.at(lang)}</p>
                        <p class="host" data-testid="leave-host">{leaving.host}</p>
                        <p class="mono">{leaving.to.clone()}</p>
                    </div>
                    <p class="warn"><Icon name="shield-alert"/><span>{WARNING.at(lang)}</span></p>
                    <form method="post" action="/fn/leave" target="_blank" rel="noopener noreferrer nofollow">
                        <input type="hidden" name="to" value=leaving.to/>
                        <input type="hidden" name="sig" value=leaving.sig/>
                        <input type="hidden" name="from" value=leaving.from.clone()/>
                        <div class="actions">
                            <button class="btn primary l" data-testid="action-leave">{GO_ON.at(lang)}<Icon name="external"/></button>
                            <a class="btn l" href=leaving.from>{BACK.at(lang)}</a>
                        </div>
                        <label class="check"><input type="checkbox" name="again" value="no"/><span>{NOT_AGAIN.at(lang)}</span></label>
                    </form>
                </section>
            </main>
        </div>
    }
    .into_any()
}
