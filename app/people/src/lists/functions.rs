//! What the menus and filters above a list ask of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use kit::{
    call::{Answer, Done},
    packed::Packed,
};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json, PostUrl};

#[cfg(not(target_arch = "wasm32"))]
use domain::{
    Day, Days, Error, Id, Text,
    access::Anyone,
    machine::Keyed as _,
    text,
    views::{self, Density, Direction, Place},
};

/// The month of a day and the one before it, to choose a range of days from. It follows from what is asked and the reader's language, so a
/// browser may keep it; `past` leaves out what lies after `today`.
#[server(prefix = "/fn", endpoint = "lists/months", input = GetUrl, output = Json)]
pub async fn months(today: String, month: String, past: bool) -> Answer<Packed> {
    kit::call::access::<Anyone>()?;
    let day = |field: &str, typed: &str| typed.parse::<Day>().map_err(|_| Error::Invalid { field: field.to_owned() });
    let shown = kit::month::Shown { month: day("month", &month)?, today: day("today", &today)?, past, days: Days::default() };
    Ok(Packed::new(kit::drawn::drawn(kit::month::months(&shown))))
}

/// Keeps a question under a name; with a view, in its place.
#[server(prefix = "/fn", endpoint = "views/save", input = PostUrl, output = Json)]
pub async fn save_view(list: String, view: String, name: String, query: String, #[server(default)] shared: Option<String>) -> Answer<Done> {
    let access = kit::call::access::<Anyone>()?;
    let place = place(&access, &list)?;
    let view = if view.is_empty() { None } else { Some(parse(&view)?) };
    let new = store::views::NewView { list, view, name, query, shared: shared.is_some() };
    let kept = store::views::save(&access, new).await?;
    let to = place.list.address(place.path, &views::question(place.list, &kept));
    Ok(Done::at(to, SAVED.at(kit::lang())))
}

/// Forgets a view.
#[server(prefix = "/fn", endpoint = "views/remove", input = PostUrl, output = Json)]
pub async fn remove_view(list: String, view: String) -> Answer<Done> {
    let access = kit::call::access::<Anyone>()?;
    let place = place(&access, &list)?;
    store::views::remove(&access, list, parse(&view)?).await?;
    Ok(Done::at(place.path, REMOVED.at(kit::lang())))
}

/// Lets the bare address of a list open a view, or none.
#[server(prefix = "/fn", endpoint = "views/default", input = PostUrl, output = Json)]
pub async fn choose_view(list: String, view: String) -> Answer<Done> {
    let access = kit::call::access::<Anyone>()?;
    place(&access, &list)?;
    let view = if view.is_empty() { None } else { Some(parse(&view)?) };
    store::views::choose(&access, list, view).await?;
    Ok(Done::said(CHOSEN.at(kit::lang())))
}

/// Shows these columns in this order, and rows this close. `step` moves one column (`up:size`, `down:size`) or forgets all (`reset`).
#[server(prefix = "/fn", endpoint = "lists/arrange", input = PostUrl, output = Json)]
pub async fn arrange_list(
    list: String,
    #[server(default)] column: Option<Vec<String>>,
    #[server(default)] step: Option<String>,
    density: String,
) -> Answer<Done> {
    let access = kit::call::access::<Anyone>()?;
    let place = place(&access, &list)?;
    let invalid = |field: &str| Error::Invalid { field: field.to_owned() };
    let density = Density::read(&density).ok_or_else(|| invalid("density"))?;
    let step = step.unwrap_or_default();
    if step == "reset" {
        store::views::arrange(&access, list, Vec::new(), Density::Comfortable).await?;
        return Ok(Done::said(ARRANGED.at(kit::lang())));
    }
    let moved = match step.split_once(':') {
        Some(("up", key)) => Some((key, Direction::Up)),
        Some(("down", key)) => Some((key, Direction::Down)),
        None if step.is_empty() => None,
        _ => return Err(invalid("step").into()),
    };
    let columns = views::rearranged(place.list, &column.unwrap_or_default(), moved);
    store::views::arrange(&access, list, columns, density).await?;
    Ok(Done::said(ARRANGED.at(kit::lang())))
}

#[cfg(not(target_arch = "wasm32"))]
const SAVED: Text = text("视图已保存", "View saved");
#[cfg(not(target_arch = "wasm32"))]
const REMOVED: Text = text("视图已删除", "View removed");
#[cfg(not(target_arch = "wasm32"))]
const CHOSEN: Text = text("默认视图已更新", "Default view updated");
#[cfg(not(target_arch = "wasm32"))]
const ARRANGED: Text = text("列设置已保存", "Columns saved");

/// The list, if the caller may read it.
#[cfg(not(target_arch = "wasm32"))]
fn place(access: &store::Access<Anyone>, list: &str) -> Result<&'static Place, Error> {
    let standing = access.caller().standing()?;
    let place = views::place(list).ok_or_else(|| Error::Invalid { field: "list".to_owned() })?;
    place.rule.map_or(Ok(()), |rule| standing.may(rule)).map_err(Error::WhyNot)?;
    Ok(place)
}

#[cfg(not(target_arch = "wasm32"))]
fn parse(id: &str) -> Result<Id, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
