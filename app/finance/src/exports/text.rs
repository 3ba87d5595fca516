//! The words of exports.

use domain::{Lang, Text, text, text::grouped};

pub(super) const TITLE: Text = text("导出记录", "Export records");
pub(super) const LEDE: Text = text(
    "所有导出任务都在后台生成，关闭页面不会中断。文件与页面使用同一套筛选与口径。",
    "Exports are made in the background; closing the page does not stop them. Files and pages share filters and rules.",
);
pub(super) const KEPT: Text = text(
    "文件保留 7 天，到期自动清理，可随时按原条件重新导出。",
    "Files are kept for 7 days and then removed; export again with the same filter at any time.",
);
pub(super) const SALES: Text = text("销售", "Sales");
pub(super) const CONSOLE: Text = text("控制台", "Console");
pub(super) const SEARCH: Text = text("搜索文件名", "Search file names");
/// The owner's words [S].
pub(super) const CREATED: Text = text("导出任务创建成功", "Export task created");
pub(super) const UNDER_WAY: Text = text("相同的导出任务正在进行，已为您保留", "The same export is already under way");
pub(super) const CANCELLED: Text = text("已取消导出", "Export cancelled");
pub(super) const ALL: Text = text("全部", "All");
pub(super) const UNDER: Text = text("进行中", "In progress");
pub(super) const CANCEL: Text = text("取消", "Cancel");
pub(super) const REPEAT: Text = text("重新导出", "Export again");
pub(super) const DOWNLOAD: Text = text("下载", "Download");
pub(super) const PROOF: Text = text("校验值", "Checksum");
pub(super) const EMPTY: Text = text("还没有导出任务", "No exports yet");
pub(super) const EMPTY_HINT: Text =
    text("在列表页右上方选择“导出”，任务会出现在这里。", "Choose “Export” above a list; the task appears here.");
pub(super) const REFRESH: Text = text("刷新", "Refresh");

pub(super) fn tasks(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 个任务", grouped(count)),
        Lang::En if count == 1 => "1 task".to_owned(),
        Lang::En => format!("{} tasks", grouped(count)),
    }
}

pub(super) fn place(place: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("排在第 {place} 位"),
        Lang::En => format!("number {place} in the queue"),
    }
}

pub(super) fn progress(done: i64, total: i64, left: Option<i64>, lang: Lang) -> String {
    let (done, total) = (grouped(done), grouped(total));
    match (lang, left) {
        (Lang::Zh, None) => format!("已写入 {done} / {total} 行"),
        (Lang::En, None) => format!("{done} of {total} rows"),
        (Lang::Zh, Some(left)) => format!("已写入 {done} / {total} 行，约剩 {left} 秒"),
        (Lang::En, Some(left)) => format!("{done} of {total} rows, about {left} s left"),
    }
}

pub(super) fn rows(count: i64, size: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 行，{size}", grouped(count)),
        Lang::En => format!("{} rows, {size}", grouped(count)),
    }
}

pub(super) fn until(day: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{day} 到期"),
        Lang::En => format!("until {day}"),
    }
}

pub(super) fn gone(day: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{day} 已清理"),
        Lang::En => format!("removed {day}"),
    }
}

pub(super) fn tries(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已自动重试 {} 次", count - 1),
        Lang::En => format!("tried {count} times"),
    }
}

/// What became of the chosen tasks: how many were done, and each other one with its reason.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn batch(done: usize, refused: &[(String, String)], lang: Lang) -> String {
    let (open, close, semicolon) = if lang == Lang::Zh { ("（", "）", "；") } else { (" (", ")", "; ") };
    let each: Vec<String> = refused.iter().map(|(name, why)| format!("{name}{open}{}{close}", why.trim_end_matches(['。', '.']))).collect();
    let each = each.join(semicolon);
    match (lang, refused.len()) {
        (Lang::Zh, 0) => format!("已办理 {done} 项"),
        (Lang::En, 0) => format!("{done} done"),
        (Lang::Zh, not) => format!("已办理 {done} 项，未办理 {not} 项：{each}"),
        (Lang::En, not) => format!("{done} done, {not} not: {each}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_says_of_each_row_that_was_not_done_why() {
        let refused = [("a.xlsx".to_owned(), "当前已是“已完成”，不能执行此操作。".to_owned()), ("b.csv".to_owned(), "找不到。".to_owned())];
        assert_eq!(batch(2, &[], Lang::Zh), "已办理 2 项");
        let said = "已办理 0 项，未办理 2 项：a.xlsx（当前已是“已完成”，不能执行此操作）；b.csv（找不到）";
        assert_eq!(batch(0, &refused, Lang::Zh), said);
    }
}
