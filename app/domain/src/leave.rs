//! Leaving for another web site (domain.md F16).

use crate::refusals;

refusals! {
    /// What the notice refuses.
    Refusal {
        LinkInvalid = 403 "LINK_INVALID", "该链接已失效或被改动，未为您跳转。请返回原页面重新打开。", "This link is too old or was changed, so it leads nowhere. Open it again from its page.";
    }
}
