//! The closed set of answers that are not the wanted one (threats.md section 4).

use crate::{
    refusal::Refused,
    text::{Lang, Said, text},
    why_not::WhyNot,
};
use serde::{Deserialize, Serialize};

/// Why something did not happen. 4xx is the caller's mistake, 5xx is ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    /// C1: no session, or it has ended.
    AuthRequired,
    /// C17: the password is needed again.
    ReauthRequired,
    /// C3 and the gates: what is missing, who can fix it, and how.
    WhyNot(Box<WhyNot>),
    /// C2: unknown, deleted, or somebody else's; there is no difference.
    NotFound,
    /// C4: the request comes from another site.
    CrossOrigin,
    /// C5: a content type that is not offered.
    UnsupportedType,
    /// C6: cannot be read, or a field came twice.
    Malformed,
    /// C7: larger than this many bytes.
    TooLarge {
        /// The limit in bytes.
        limit: i64,
    },
    /// C8: written over an older version.
    Stale,
    /// C10: the same key with another body.
    KeyReused,
    /// C11: the same key, still running.
    InProgress,
    /// C12: a POST that needs a key came without one.
    KeyRequired,
    /// C13: too often.
    TooMany {
        /// Seconds until the next try counts.
        wait_seconds: i64,
    },
    /// C14: overloaded, database away, no space.
    Unavailable,
    /// C15: a field that the form does not have.
    UnknownField {
        /// Its name, shortened.
        field: String,
    },
    /// C16: the step is not allowed from this state.
    WrongState {
        /// The label of the state it is in.
        now: Said,
    },
    /// C18: a value that is not allowed.
    Invalid {
        /// The field.
        field: String,
    },
    /// A flow's own refusal.
    Refused(Refused),
    /// Ours: logged with the request id, shown as 500 once.
    Broken,
}

impl Error {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed | Self::KeyRequired => 400,
            Self::AuthRequired | Self::ReauthRequired => 401,
            Self::WhyNot(_) | Self::CrossOrigin => 403,
            Self::NotFound => 404,
            Self::Stale | Self::InProgress | Self::WrongState { .. } => 409,
            Self::TooLarge { .. } => 413,
            Self::UnsupportedType => 415,
            Self::KeyReused | Self::UnknownField { .. } | Self::Invalid { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Broken => 500,
            Self::Unavailable => 503,
            Self::Refused(refused) => refused.status,
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::AuthRequired => "AUTH_REQUIRED",
            Self::ReauthRequired => "REAUTH_REQUIRED",
            Self::WhyNot(why) => why.reason.code(),
            Self::NotFound => "NOT_FOUND",
            Self::CrossOrigin => "CROSS_ORIGIN",
            Self::UnsupportedType => "UNSUPPORTED_TYPE",
            Self::Malformed => "MALFORMED",
            Self::TooLarge { .. } => "TOO_LARGE",
            Self::Stale => "STALE",
            Self::KeyReused => "KEY_REUSED",
            Self::InProgress => "IN_PROGRESS",
            Self::KeyRequired => "KEY_REQUIRED",
            Self::TooMany { .. } => "TOO_MANY",
            Self::Unavailable => "UNAVAILABLE",
            Self::UnknownField { .. } => "UNKNOWN_FIELD",
            Self::WrongState { .. } => "WRONG_STATE",
            Self::Invalid { .. } => "INVALID",
            Self::Refused(refused) => &refused.code,
            Self::Broken => "BROKEN",
        }
    }

    /// The form field it belongs to.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::UnknownField { field } | Self::Invalid { field } => Some(field),
            Self::Refused(refused) => refused.field.as_deref(),
            _ => None,
        }
    }

    /// The same fault at a field of another name: the refusals of files are shared by forms that name theirs differently.
    #[must_use]
    pub fn at_field(self, field: &str) -> Self {
        match self {
            Self::Refused(refused) => Self::Refused(Refused { field: Some(field.to_owned()), ..refused }),
            other => other,
        }
    }

    /// Seconds after which asking again makes sense, for `Retry-After`.
    #[must_use]
    pub const fn retry_after(&self) -> Option<i64> {
        match self {
            Self::TooMany { wait_seconds } => Some(*wait_seconds),
            Self::InProgress => Some(1),
            Self::Unavailable => Some(5),
            _ => None,
        }
    }

    /// The sentence a person reads.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let fixed = match self {
            Self::WhyNot(why) => return why.sentence(lang),
            Self::Refused(refused) => return refused.at(lang).to_owned(),
            Self::TooLarge { limit } => {
                let limit = crate::text::Bytes(*limit);
                return match lang {
                    Lang::Zh => format!("内容超过上限 {limit}。请减小后再提交。"),
                    Lang::En => format!("The file or form is larger than {limit}. Make it smaller and send it again."),
                };
            }
            Self::TooMany { wait_seconds } => {
                return match lang {
                    Lang::Zh => format!("尝试次数过多，请 {wait_seconds} 秒后再试。"),
                    Lang::En => format!("Too many tries. Wait {wait_seconds} seconds."),
                };
            }
            Self::WrongState { now } => {
                return match lang {
                    Lang::Zh => format!("当前已是“{}”，不能执行此操作。", now.zh),
                    Lang::En => format!("This is already “{}”.", now.en),
                };
            }
            Self::AuthRequired => text("请重新登录。", "Please sign in again."),
            Self::ReauthRequired => text("请输入密码以继续。", "Enter your password to continue."),
            Self::NotFound => text(
                "找不到该内容。它可能已被移除，或贵公司不在其适用范围内。",
                "We can't find this. It may have been removed, or you don't have access.",
            ),
            Self::CrossOrigin => text("请求来自其他网站，已拒绝。", "This request comes from another site and was refused."),
            Self::UnsupportedType => text("不支持这种内容类型。", "This content type is not accepted here."),
            Self::Malformed => text("请求内容无法识别。请刷新页面后重试。", "The request can't be read. Reload the page and try again."),
            Self::Stale => {
                text("内容已被他人修改。请刷新查看最新版本。", "Someone changed this meanwhile. Reload to see the latest version.")
            }
            Self::KeyReused => {
                text("该提交已用于其他内容。请刷新页面后重试。", "This form was already used for something else. Reload the page.")
            }
            Self::InProgress => text("正在处理，请稍候。", "Still working on it."),
            Self::KeyRequired => text("缺少防重复标识。请刷新页面后重试。", "The form lacks its key. Reload the page and try again."),
            Self::Unavailable => {
                text("暂时无法保存。未做任何更改，请稍后再试。", "We can't save right now. Nothing was changed; try again shortly.")
            }
            Self::UnknownField { .. } => text("表单包含未知字段，已拒绝。", "The form contains a field we don't know and was refused."),
            Self::Invalid { .. } => text("该项内容不符合要求。", "This value is not allowed."),
            Self::Broken => text(
                "服务器出错，未做任何更改。我们已记录此问题。",
                "Our server made a mistake. Nothing was changed, and the problem was recorded.",
            ),
        };
        fixed.at(lang).to_owned()
    }
}
