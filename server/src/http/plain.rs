//! Plain documents of the server itself: errors that no page can show, and the demo outbox. They need no script and ask nothing.

use super::answer::{self, Asked};
use axum::response::Response;
use domain::{Text, text};
use http::StatusCode;
use kit::call::Fault;
use std::fmt::Write as _;

const PRODUCT: Text = text("伙伴中心", "Partner Center");
const HOME: Text = text("返回主页", "Back to home");
const REQUEST: Text = text("请求编号", "Request ID");

/// Text as it may stand in an element or an attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A document around `main`, which is HTML already.
#[must_use]
pub fn document(asked: &Asked, title: &str, main: &str) -> String {
    let (lang, css, product) = (asked.lang.tag(), escaped(&asked.css), PRODUCT.at(asked.lang));
    let title = escaped(title);
    let style = if css.is_empty() { String::new() } else { format!("<link rel=\"stylesheet\" href=\"{css}\">") };
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title} - {product}</title><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">{style}</head>\
         <body><main id=\"main\" class=\"page\">{main}</main></body></html>"
    )
}

/// What happened, whose it is, and the way on.
#[must_use]
pub fn fault_page(asked: &Asked, fault: &Fault) -> Response {
    let lang = asked.lang;
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let title = heading(status).at(lang);
    let mut main = format!("<section class=\"stop\"><h1>{title}</h1>");
    match fault.why.open() {
        Some(why) => {
            let (path, label) = why.reason.fix();
            let (code, sentence) = (escaped(why.reason.code()), escaped(&why.sentence(lang)));
            write!(
                main,
                "<div class=\"why-not\" data-testid=\"why-not\" data-code=\"{code}\" role=\"alert\"><p>{sentence}</p>\
                 <a class=\"fix\" data-testid=\"why-not-fix\" href=\"{path}\">{}</a></div>",
                label.at(lang)
            )
            .ok();
        }
        None => {
            write!(main, "<p role=\"alert\" data-code=\"{}\">{}</p>", escaped(&fault.code), escaped(&fault.message)).ok();
        }
    }
    let (home, request, id) = (HOME.at(lang), REQUEST.at(lang), escaped(&fault.request_id));
    write!(main, "<p class=\"actions\"><a href=\"/\">{home}</a></p><p class=\"aux\">{request} <code>{id}</code></p></section>").ok();
    answer::html(status, document(asked, title, &main))
}

fn heading(status: StatusCode) -> Text {
    match status.as_u16() {
        401 => text("请先登录", "Sign in first"),
        403 => text("无法执行此操作", "This is not allowed"),
        404 => text("找不到该页面", "Page not found"),
        405 | 415 | 400 | 413 | 422 => text("请求无法处理", "The request can't be handled"),
        410 => text("该内容已下线", "No longer available"),
        429 => text("操作过于频繁", "Too many tries"),
        503 => text("服务繁忙", "Busy right now"),
        status if status < 500 => text("请求无法处理", "The request can't be handled"),
        _ => text("服务器出错", "Something went wrong on our side"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_can_end_an_element_or_an_attribute() {
        assert_eq!(escaped("<a href='x' title=\"y\">&"), "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;");
    }
}
