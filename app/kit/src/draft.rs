//! Drafts: what is typed into a long form is kept by the server until it is sent. Without script a second button does it; with script
//! the same happens by itself a moment after each change. The page must be a row of `page_with_draft`.

use crate::{act::Act, lang};
use domain::{Text, text};
use leptos::prelude::*;

const KEEP: Text = text("暂存", "Keep for later");
const DISCARD: Text = text("放弃暂存内容", "Discard what was kept");
#[cfg(target_arch = "wasm32")]
const KEPT: Text = text("已自动暂存", "Kept by itself");
#[cfg(target_arch = "wasm32")]
const NOT_KEPT: Text = text("未能自动暂存", "Could not be kept by itself");

/// The id of the place that says what was kept; it stands in the form.
pub const STATE: &str = "draft-state";

/// The buttons of the draft, for the foot of its form.
#[component]
pub fn Draft(
    /// The form.
    act: Act,
) -> AnyView {
    let lang = lang();
    let discard = act.is_draft().then(|| {
        view! {
            <button class="btn quiet l" formaction="/fn/drafts/discard" formenctype=FORM formnovalidate="" data-testid="draft-discard">
                {DISCARD.at(lang)}
            </button>
        }
    });
    view! {
        <button
            class="btn l"
            formaction=format!("/fn/drafts/keep?form={}", act.action)
            formenctype=FORM
            formnovalidate=""
            data-testid="draft-keep"
        >
            {KEEP.at(lang)}
        </button>
        {discard}
        <span class="aux" role="status" data-testid="draft-state" id=STATE></span>
    }
    .into_any()
}

/// What stands in the place after an attempt.
#[cfg(target_arch = "wasm32")]
pub(crate) const fn said(kept: bool) -> Text {
    if kept { KEPT } else { NOT_KEPT }
}

const FORM: &str = "application/x-www-form-urlencoded";
