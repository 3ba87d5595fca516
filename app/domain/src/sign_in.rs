//! Signing in: limits of sessions and tries, return addresses, passwords (domain.md F0, threats.md abuse 16 and 19).

use crate::{refusals, text::Lang};

/// A session ends after this time without a request: 2 hours, as finance portals do.
pub const IDLE_SECONDS: i64 = 2 * 3_600;
/// A session ends after this time whatever happens: 12 hours, a working day.
pub const ABSOLUTE_SECONDS: i64 = 12 * 3_600;
/// A session's key is exchanged after this time, so that a copied cookie grows stale.
pub const ROTATE_SECONDS: i64 = 15 * 60;
/// A password typed within this time counts as fresh for sensitive acts.
pub const REAUTH_SECONDS: i64 = 10 * 60;
/// Wrong passwords of one account from one place in [`WINDOW_SECONDS`], before that place must wait. Not of the account alone: nobody
/// may lock somebody else out by guessing.
pub const TRIES_PER_ACCOUNT: i64 = 5;
/// Sign-in tries from one address in [`WINDOW_SECONDS`].
pub const TRIES_PER_ADDRESS: i64 = 100;
/// The window in which tries are counted, and the wait after too many.
pub const WINDOW_SECONDS: i64 = 60;
/// Longest e-mail address that is looked at (RFC 5321).
pub const EMAIL_MAX: usize = 254;
/// Longest password that is hashed: hashing a megabyte is a way to keep the server busy.
pub const PASSWORD_MAX: usize = 200;
/// Digits of a step-up code (domain.md 4.6).
pub const CODE_DIGITS: usize = 6;
/// A step-up code is valid this long.
pub const CODE_SECONDS: i64 = 5 * 60;
/// Wrong tries of a step-up code before it is dead.
pub const CODE_TRIES: i64 = 5;

/// How many codes a person may ask for, in windows of so many seconds (domain.md 4.6). In demo mode tests ask more often (contract.md).
#[must_use]
pub const fn code_limits(is_demo: bool) -> [(i64, i64); 2] {
    if is_demo { [(60, 60), (86_400, 10_000)] } else { [(60, 1), (86_400, 10)] }
}

refusals! {
    /// What signing in and its neighbours refuse.
    Refusal {
        Wrong = 401 "SIGN_IN_FAILED" on "password", "账号或密码不正确。请检查后重试。", "The account or the password is wrong. Check both and try again.";
        EmailMissing = 422 "INVALID" on "email", "请输入账号邮箱。", "Enter the e-mail address of your account.";
        PasswordMissing = 422 "INVALID" on "password", "请输入密码。", "Enter the password.";
        PasswordWrong = 401 "REAUTH_FAILED" on "password", "密码不正确。", "The password is wrong.";
        CodeWrong = 422 "CODE_WRONG" on "code", "验证码不正确或已过期。请重新获取。", "The code is wrong or too old. Ask for a new one.";
    }
}

/// The return address if it is a path of this portal, else home. Everything a browser could read as another host is refused:
/// `//host`, `/\host`, a scheme, control characters, and their encoded forms.
#[must_use]
pub fn own_path(next: &str) -> &str {
    let own = next.len() <= 2_000
        && next.starts_with('/')
        && !next.starts_with("//")
        && !next.chars().any(|c| c == '\\' || c.is_control() || c.is_whitespace())
        && !leads_out_encoded(next)
        && !["/sign-in", "/sign-out", "/fn/", "/demo/"].iter().any(|path| next.starts_with(path));
    if own { next } else { "/" }
}

/// A proxy that decodes once more would see `//host` or `/\host`.
fn leads_out_encoded(next: &str) -> bool {
    let start: String = next.chars().take(16).collect::<String>().to_ascii_lowercase();
    ["/%2f", "/%5c", "/%09", "/%0a", "/%0d", "/%00", "/%25"].iter().any(|bad| start.starts_with(bad))
}

/// The form in which an e-mail address is stored and compared.
#[must_use]
pub fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// What tells one device of an account from another: how the browser calls itself, without its versions, which change every month.
#[must_use]
pub fn device(agent: &str) -> String {
    agent.chars().filter(|c| !c.is_ascii_digit() && *c != '.' && *c != '_').collect()
}

/// How browsers name themselves, the more special before those that they also claim to be.
const BROWSERS: [(&str, &str); 8] = [
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];
/// How systems name themselves.
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// A device as people know it: `Chrome, Windows`. What does not say so much is a program or unknown.
#[must_use]
pub fn device_words(agent: &str, lang: Lang) -> String {
    let named = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (named(&BROWSERS), named(&SYSTEMS), lang) {
        (Some(browser), Some(system), Lang::Zh) => format!("{browser}，{system}"),
        (Some(browser), Some(system), Lang::En) => format!("{browser}, {system}"),
        (Some(one), None, _) | (None, Some(one), _) => one.to_owned(),
        (None, None, Lang::Zh) => "未知设备".to_owned(),
        (None, None, Lang::En) => "An unknown device".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_browser_and_system_and_by_nothing_that_it_says_of_itself() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0";
        assert_eq!(device_words(edge, Lang::En), "Edge, Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1";
        assert_eq!(device_words(phone, Lang::Zh), "Safari，iPhone");
        assert_eq!(device_words("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", Lang::En), "Firefox, Linux");
        assert_eq!(device_words("curl/8.5.0", Lang::En), "An unknown device");
        assert_eq!(device_words("<b>pay /evil now</b>", Lang::Zh), "未知设备");
    }

    #[test]
    fn only_own_paths_are_returned_to() {
        for own in ["/", "/support/library", "/support/library?format=pdf&q=%E4%BA%91", "/a//b", "/a?next=https://x.example"] {
            assert_eq!(own_path(own), own);
        }
        for foreign in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/%2fevil.example",
            "/%5Cevil.example",
            "javascript:alert(1)",
            "https:evil.example",
            " /x",
            "/x\ny",
            "/\tevil.example",
            "/%09/evil.example",
            "/sign-in",
            "/fn/sign-out",
            "evil.example",
            "/%252fevil.example",
            "/\u{2028}x",
        ] {
            assert_eq!(own_path(foreign), "/", "{foreign:?}");
        }
        assert_eq!(own_path(&format!("/{}", "x".repeat(2_000))), "/");
    }

    #[test]
    fn a_new_version_of_a_browser_is_no_new_device() {
        let chrome = |version: &str| device(&format!("Mozilla/5.0 (X11; Linux x86_64) Chrome/{version} Safari/537.36"));
        assert_eq!(chrome("130.0.1"), chrome("131.0.22.4"));
        assert_ne!(chrome("130.0"), device("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1"));
    }

    #[test]
    fn addresses_are_compared_without_case_and_spaces() {
        assert_eq!(fold_email(" Admin@Lanhai.Example "), "admin@lanhai.example");
    }
}
