//! What a person keeps of a list: named questions, columns, density (ux.md section 1). It is stored on the server, so it is there on the next
//! device, too.

use crate::{
    access::{
        CanExportOwn, CanIssueInvoices, CanManageInvoices, CanReadLibrary, CanReviewTopUps, CanReviewWithdrawals, CanSeeLedger, CanTopUp,
        CanUseConsole, CanWithdraw, Permission as _, Rule,
    },
    exports::{CONSOLE_EXPORTS, EXPORTS},
    id::Id,
    invoice::{CONSOLE_REQUESTS, REQUESTS},
    keyed,
    ledger::LEDGER,
    library::LIBRARY,
    list::{ALL_ROWS, Asked, Column, List},
    refusals,
    top_up::{CONSOLE_TOP_UPS, TOP_UPS},
    withdrawal::{CONSOLE_WITHDRAWALS, WITHDRAWALS},
};
use serde::{Deserialize, Serialize};

/// Characters of a view's name.
pub const NAME_MAX: usize = 40;
/// Views that a person may keep of one list.
pub const VIEWS_MAX: usize = 20;
/// Bytes of a view's question.
pub const QUERY_MAX: usize = 2_000;

keyed! {
    /// How close rows stand.
    Density {
        Comfortable = "comfortable" "标准" "Comfortable";
        Compact = "compact" "紧凑" "Compact";
    }
}

refusals! {
    /// Why a view is not kept.
    Refusal {
        NameMissing { most: usize } = 422 "VIEW_NAME" on "name", "请填写视图名称，最多 {most} 个字。", "Name the view, with at most {most} characters.";
        TooMany { most: usize } = 409 "VIEW_LIMIT", "每个列表最多保存 {most} 个视图。请先删除一个。", "A list keeps at most {most} views. Remove one first.";
    }
}

/// A list whose views, columns and density are kept.
#[derive(Debug)]
pub struct Place {
    /// The list.
    pub list: &'static List,
    /// Its page.
    pub path: &'static str,
    /// What it takes to read it.
    pub rule: Option<&'static Rule>,
}

/// All of them.
pub const PLACES: &[Place] = &[
    Place { list: &LIBRARY, path: "/support/library", rule: CanReadLibrary::RULE },
    Place { list: &EXPORTS, path: "/sales/exports", rule: CanExportOwn::RULE },
    Place { list: &LEDGER, path: "/sales/funds", rule: CanSeeLedger::RULE },
    Place { list: &WITHDRAWALS, path: "/sales/funds/withdrawals", rule: CanWithdraw::RULE },
    Place { list: &TOP_UPS, path: "/sales/funds/top-ups", rule: CanTopUp::RULE },
    Place { list: &CONSOLE_TOP_UPS, path: "/console/top-ups", rule: CanReviewTopUps::RULE },
    Place { list: &CONSOLE_WITHDRAWALS, path: "/console/withdrawals", rule: CanReviewWithdrawals::RULE },
    Place { list: &REQUESTS, path: "/sales/invoices", rule: CanManageInvoices::RULE },
    Place { list: &CONSOLE_REQUESTS, path: "/console/invoices", rule: CanIssueInvoices::RULE },
    Place { list: &CONSOLE_EXPORTS, path: "/console/exports", rule: CanUseConsole::RULE },
];

/// The place of a list by its name.
#[must_use]
pub fn place(name: &str) -> Option<&'static Place> {
    PLACES.iter().find(|place| place.list.name == name)
}

/// A named question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The question, as the list writes it.
    pub query: String,
    /// Colleagues see it.
    pub shared: bool,
    /// It is the reader's own.
    pub own: bool,
}

/// What a person keeps of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Own views and shared ones, oldest first.
    pub views: Vec<View>,
    /// The view that the bare address opens.
    pub default: Option<Id>,
    /// Columns that are shown, in order; empty as the list declares them.
    pub columns: Vec<String>,
    /// How close rows stand.
    pub density: Option<Density>,
}

/// What a list page needs besides its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Columns that are shown, in order; empty as the list declares them.
    pub columns: Vec<String>,
    /// Rows stand close.
    pub compact: bool,
    /// The menus of views and columns, drawn by the server.
    pub tools: crate::Drawn,
}

impl Kept {
    /// The question of an address: the bare one opens the default view, and a view that is gone is none.
    #[must_use]
    pub fn opened(&self, list: &'static List, query: &str) -> Asked {
        let asked = list.read(query);
        if asked.view.is_empty() && list.write(&asked).is_empty() {
            return self.default.and_then(|id| self.view(&id.to_string())).map_or(asked, |view| question(list, view));
        }
        if asked.view == ALL_ROWS || self.view(&asked.view).is_some() { asked } else { Asked { view: String::new(), ..asked } }
    }

    /// A view by its id.
    #[must_use]
    pub fn view(&self, id: &str) -> Option<&View> {
        self.views.iter().find(|view| view.id.to_string() == id)
    }
}

/// The question of a view.
#[must_use]
pub fn question(list: &'static List, view: &View) -> Asked {
    Asked { view: view.id.to_string(), ..list.read(&view.query) }
}

/// A question as a view keeps it: from its first page, and of no view.
#[must_use]
pub fn kept_query(list: &'static List, asked: &Asked) -> String {
    list.write(&Asked { view: String::new(), ..asked.on_page(1) })
}

/// The question differs from the view it began with.
#[must_use]
pub fn is_changed(list: &'static List, asked: &Asked, view: &View) -> bool {
    kept_query(list, asked) != kept_query(list, &list.read(&view.query))
}

/// The name of a view as it is kept.
///
/// # Errors
/// Nothing is left of it, or it is too long.
pub fn name(typed: &str) -> Result<String, Refusal> {
    let name: String = typed.trim().chars().filter(|c| !c.is_control()).collect();
    if name.is_empty() || name.chars().count() > NAME_MAX { Err(Refusal::NameMissing { most: NAME_MAX }) } else { Ok(name) }
}

/// The column always stands where it is: the head of the rows, and their steps.
#[must_use]
pub fn is_locked(list: &List, key: &str) -> bool {
    key == "actions" || list.columns.iter().find(|column| column.on_page).is_some_and(|first| first.key == key)
}

/// All columns of the page in the person's order, and whether each is shown.
#[must_use]
pub fn arranged(list: &'static List, chosen: &[String]) -> Vec<(&'static Column, bool)> {
    let on_page: Vec<&Column> = list.columns.iter().filter(|column| column.on_page).collect();
    if chosen.is_empty() {
        return on_page.into_iter().map(|column| (column, true)).collect();
    }
    let place = |column: &Column| match (is_locked(list, column.key), column.key) {
        (true, "actions") => usize::MAX,
        (true, _) => 0,
        // Those that are not shown follow the shown ones.
        (false, key) => chosen.iter().position(|chosen| chosen == key).map_or(usize::MAX - 1, |at| at + 1),
    };
    let shown = |column: &Column| is_locked(list, column.key) || chosen.iter().any(|key| key == column.key);
    let mut all: Vec<(&Column, bool)> = on_page.into_iter().map(|column| (column, shown(column))).collect();
    all.sort_by_key(|(column, _)| place(column));
    all
}

/// The columns to keep after a form was sent: what is ticked, in the order in which the form says it, and one column a place up or down.
/// Unknown ones are dropped; the list's own arrangement is kept as none.
#[must_use]
pub fn rearranged(list: &'static List, ticked: &[String], step: Option<(&str, Direction)>) -> Vec<String> {
    let mut order: Vec<&str> = arranged(list, ticked).iter().map(|(column, _)| column.key).collect();
    if let Some((key, direction)) = step {
        let at = order.iter().position(|other| *other == key);
        let to = at.and_then(|at| match direction {
            Direction::Up => at.checked_sub(1),
            Direction::Down => Some(at + 1),
        });
        if let (Some(at), Some(to)) = (at, to)
            && order.get(to).is_some_and(|other| !is_locked(list, other))
            && !is_locked(list, key)
        {
            order.swap(at, to);
        }
    }
    let kept = |key: &&str| is_locked(list, key) || ticked.iter().any(|ticked| ticked == key);
    let kept: Vec<String> = order.into_iter().filter(kept).map(str::to_owned).collect();
    let declared = list.columns.iter().filter(|column| column.on_page).map(|column| column.key);
    if declared.eq(kept.iter().map(String::as_str)) { Vec::new() } else { kept }
}

/// Where a column goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Nearer to the first.
    Up,
    /// Nearer to the last.
    Down,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(id: u128, query: &str) -> View {
        View { id: Id(id), name: "v".into(), query: query.into(), shared: false, own: true }
    }

    fn keys(columns: &[(&'static Column, bool)]) -> Vec<(&'static str, bool)> {
        columns.iter().map(|(column, shown)| (column.key, *shown)).collect()
    }

    fn owned(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    #[test]
    fn the_bare_address_opens_the_default_view_and_every_other_one_what_it_says() {
        let kept = Kept { views: vec![view(7, "format=pdf&page=1")], default: Some(Id(7)), ..Kept::default() };
        let opened = kept.opened(&LIBRARY, "");
        assert_eq!(LIBRARY.write(&opened), format!("format=pdf&view={}", Id(7)));
        assert_eq!(LIBRARY.write(&kept.opened(&LIBRARY, "view=all")), "view=all");
        assert_eq!(LIBRARY.write(&kept.opened(&LIBRARY, "format=xlsx")), "format=xlsx");
        assert_eq!(LIBRARY.write(&Kept::default().opened(&LIBRARY, "")), "");
    }

    #[test]
    fn taking_the_last_filter_off_a_default_view_does_not_open_it_again() {
        let kept = Kept { views: vec![view(7, "format=pdf")], default: Some(Id(7)), ..Kept::default() };
        let bare = LIBRARY.write(&kept.opened(&LIBRARY, "").without("format", "pdf"));
        assert!(!kept.opened(&LIBRARY, &bare).is_filtered(), "{bare}");
    }

    #[test]
    fn a_view_that_is_gone_is_none() {
        assert_eq!(LIBRARY.write(&Kept::default().opened(&LIBRARY, &format!("format=pdf&view={}", Id(9)))), "format=pdf");
    }

    #[test]
    fn a_view_is_changed_by_its_filters_and_not_by_the_page() {
        let view = view(7, "format=pdf");
        let asked = question(&LIBRARY, &view);
        assert!(!is_changed(&LIBRARY, &asked.on_page(3), &view));
        assert!(is_changed(&LIBRARY, &asked.without("format", "pdf"), &view));
        assert_eq!(kept_query(&LIBRARY, &asked.on_page(3)), "format=pdf");
    }

    #[test]
    fn a_name_is_neither_empty_nor_long() {
        assert_eq!(name(" 待我处理\n"), Ok("待我处理".to_owned()));
        assert_eq!(name(&"云".repeat(NAME_MAX)), Ok("云".repeat(NAME_MAX)));
        for wrong in ["", "  ", "\u{0}", &"云".repeat(NAME_MAX + 1)] {
            assert_eq!(name(wrong), Err(Refusal::NameMissing { most: NAME_MAX }), "{wrong:?}");
        }
    }

    #[test]
    fn locked_columns_stay_in_their_places_and_hidden_ones_stand_last() {
        let declared = arranged(&LIBRARY, &[]);
        assert!(declared.iter().all(|(_, shown)| *shown));
        let chosen = keys(&arranged(&LIBRARY, &owned(&["updated", "size", "unknown"])));
        assert_eq!(chosen.first(), Some(&("title", true)));
        assert_eq!(chosen.get(1..3), Some(&[("updated", true), ("size", true)][..]));
        assert_eq!(chosen.last(), Some(&("actions", true)));
        assert!(chosen.contains(&("audience", false)));
    }

    #[test]
    fn a_step_moves_a_column_between_the_locked_ones() {
        let all = owned(&["title", "audience", "size", "version", "updated", "actions"]);
        let up = rearranged(&LIBRARY, &all, Some(("size", Direction::Up)));
        assert_eq!(up, owned(&["title", "size", "audience", "version", "updated", "actions"]));
        for stays in [("audience", Direction::Up), ("updated", Direction::Down), ("title", Direction::Down), ("nothing", Direction::Up)] {
            assert_eq!(rearranged(&LIBRARY, &all, Some(stays)), Vec::<String>::new(), "{stays:?}");
        }
        assert_eq!(rearranged(&LIBRARY, &owned(&["size"]), None), owned(&["title", "size", "actions"]), "the locked ones stay");
        let moved = owned(&["version", "nothing", "audience", "title", "version"]);
        assert_eq!(rearranged(&LIBRARY, &moved, None), owned(&["title", "version", "audience", "actions"]), "as the form has them");
    }

    #[test]
    fn each_place_has_a_name_of_its_own() {
        let mut names: Vec<&str> = PLACES.iter().map(|place| place.list.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PLACES.len());
    }
}
