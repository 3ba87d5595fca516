//! The words of signing in.

use domain::{Text, text};

pub(super) const TITLE: Text = text("登录伙伴中心", "Sign in to Partner Center");
pub(super) const LEDE: Text = text("使用伙伴账号、组织成员账号或厂商员工账号登录。", "Use your partner, member or staff account.");
pub(super) const ENDED: Text =
    text("登录已结束，请重新登录；登录后回到您要打开的页面。", "You were signed out. Sign in to go on to the page you asked for.");
pub(super) const FAILED: Text = text("无法登录", "Signing in failed");
pub(super) const EMAIL: Text = text("账号", "Account");
pub(super) const EMAIL_HINT: Text = text("您的邮箱地址", "Your e-mail address");
pub(super) const PASSWORD: Text = text("密码", "Password");
pub(super) const SUBMIT: Text = text("登录", "Sign in");
pub(super) const NO_PARTNER: Text = text("还不是伙伴？", "Not a partner yet?");
pub(super) const JOIN: Text = text("查看加入步骤", "See how to join");
pub(super) const DEMO: Text = text("演示账号", "Demo accounts");
pub(super) const DEMO_TAG: Text = text("演示模式", "Demo mode");
pub(super) const DEMO_HINT: Text = text("选择一个身份直接进入。统一密码 ", "Pick somebody and go in. One password for all: ");
pub(super) const MORE: Text = text("更多账号", "More accounts");
pub(super) const FINE: Text = text(
    "此实例由运维方自行托管。演示模式可在部署配置中关闭。",
    "This instance is self-hosted. Demo mode can be switched off in its configuration.",
);
