//! The days of a filter (ARIA date grid): two months below its two fields, which are filled by what is chosen.

use crate::{
    browser,
    month::{MONTHS, picked, stepped},
};
use domain::{Day, Days, Drawn, Lang};
use gloo::events::{EventListener, EventListenerOptions};
use leptos::{morph, task::spawn_local};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, MutationObserver, MutationObserverInit};

/// A calendar and what belongs to it.
#[derive(Clone)]
struct Calendar {
    place: Element,
    from: HtmlInputElement,
    to: HtmlInputElement,
    /// The business day.
    today: Day,
    /// Where the keys are.
    at: Rc<Cell<Day>>,
    /// The month that was asked for last.
    asked: Rc<Cell<Option<Day>>>,
}

/// Who moved: keys take the focus along.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Keys,
    Else,
}

/// Keeps a calendar in `place` from now on.
pub fn keep(place: &Element) {
    let Some(calendar) = Calendar::of(place) else { return };
    browser::more_styles();
    calendar.hear();
    calendar.begin();
}

impl Calendar {
    fn of(place: &Element) -> Option<Self> {
        let menu = place.closest("fieldset").ok()??;
        let field = |name: &str| menu.query_selector(name).ok()??.dyn_into().ok();
        let today: Day = place.get_attribute("data-calendar")?.parse().ok()?;
        Some(Self {
            place: place.clone(),
            from: field("[name=from]")?,
            to: field("[name=to]")?,
            today,
            at: Rc::new(Cell::new(today)),
            asked: Rc::default(),
        })
    }

    /// All of it goes with its elements.
    fn hear(&self) {
        let (clicked, hovered, left, pressed, opened, changed) =
            (self.clone(), self.clone(), self.clone(), self.clone(), self.clone(), self.clone());
        EventListener::new(&self.place, "click", move |event| clicked.click(event)).forget();
        EventListener::new(&self.place, "mouseover", move |event| {
            if let Some(day) = cell_of(event).and_then(|cell| day_of(&cell)) {
                hovered.paint(hovered.reaching(day));
            }
        })
        .forget();
        EventListener::new(&self.place, "mouseleave", move |_| left.paint(left.days())).forget();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&self.place, "keydown", options, move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|key| pressed.press(key)) {
                event.prevent_default();
            }
        })
        .forget();
        // Opened again: it shows what is chosen by now.
        for host in ["details", "[popover]"] {
            if let Ok(Some(host)) = self.place.closest(host) {
                let opened = opened.clone();
                EventListener::new(&host, "toggle", move |_| opened.begin()).forget();
            }
        }
        // New rows came, with new fields: what they say is chosen.
        let follow = Closure::<dyn Fn()>::new(move || changed.paint(changed.days()));
        if let Ok(observer) = MutationObserver::new(follow.as_ref().unchecked_ref()) {
            let options = MutationObserverInit::new();
            options.set_attributes(true);
            for field in [&self.from, &self.to] {
                // Refused only without anything to look at.
                observer.observe_with_options(field, &options).ok();
            }
            follow.forget();
        }
    }

    fn days(&self) -> Days {
        let day = |field: &HtmlInputElement| field.value().parse().ok();
        Days { from: day(&self.from), to: day(&self.to) }
    }

    /// The range as it would be with this day, while its end is missing.
    fn reaching(&self, day: Day) -> Days {
        let days = self.days();
        if days.to.is_none() && days.from.is_some_and(|from| from < day) { Days { to: Some(day), ..days } } else { days }
    }

    fn begin(&self) {
        if !self.place.closest("details[open],:popover-open").is_ok_and(|host| host.is_some()) {
            return;
        }
        // A range that was begun and left is as the page has it.
        if self.days().to.is_none() {
            self.from.set_value(&self.from.default_value());
            self.to.set_value(&self.to.default_value());
        }
        let days = self.days();
        self.lead(days.to.or(days.from).unwrap_or(self.today), By::Else);
    }

    /// Leads to a day that can be chosen, and shows its month.
    fn lead(&self, day: Day, by: By) {
        let is_past = self.place.has_attribute("data-past");
        let day = if is_past { day.min(self.today) } else { day };
        self.at.set(day);
        if self.cell(day).is_some() { self.arrive(by) } else { self.ask(day, by) }
    }

    fn arrive(&self, by: By) {
        self.paint(self.reaching(self.at.get()));
        if by == By::Keys
            && let Some(cell) = self.cell(self.at.get())
        {
            cell.focus().ok();
        }
    }

    /// Asks for the month of a day. What stands there stays until it comes; without it the fields are still fields.
    fn ask(&self, month: Day, by: By) {
        let is_past = self.place.has_attribute("data-past");
        let address = format!("{MONTHS}?today={}&month={month}&past={is_past}", self.today);
        self.asked.set(Some(month));
        let calendar = self.clone();
        spawn_local(async move {
            let answer = browser::get(&address).await;
            if calendar.asked.get() != Some(month) {
                return;
            }
            if let Some(Ok(Drawn(markup))) = answer.map(|answer| answer.open()) {
                // Own markup, which the server drew.
                morph(&calendar.place, &markup);
                calendar.arrive(by);
                if by == By::Else {
                    calendar.name_months();
                }
            }
        });
    }

    fn click(&self, event: &Event) {
        if let Some(day) = cell_of(event).and_then(|cell| day_of(&cell)) {
            return self.pick(day);
        }
        let step = target(event).and_then(|target| target.closest("[data-month]").ok().flatten());
        if let Some(month) = step.and_then(|step| step.get_attribute("data-month")).and_then(|month| month.parse().ok()) {
            self.ask(month, By::Else);
        }
    }

    /// Whether the key was one of the grid.
    fn press(&self, key: &KeyboardEvent) -> bool {
        let Some(day) = cell_of(key).and_then(|cell| day_of(&cell)) else { return false };
        if key.ctrl_key() || key.meta_key() || key.alt_key() {
            return false;
        }
        match key.key().as_str() {
            "Enter" | " " => self.pick(day),
            name => match stepped(day, name, key.shift_key()) {
                Some(day) => self.lead(day, By::Keys),
                None => return false,
            },
        }
        true
    }

    fn pick(&self, day: Day) {
        if self.place.has_attribute("data-past") && day > self.today {
            return;
        }
        let days = picked(self.days(), day);
        let text = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        self.from.set_value(&text(days.from));
        self.to.set_value(&text(days.to));
        self.at.set(day);
        self.paint(days);
        if days.from.is_some() && days.to.is_some() {
            self.apply();
        }
    }

    /// The form hears of it as if somebody had typed it. Its menu has done; a sheet of many filters stays.
    fn apply(&self) {
        let options = EventInit::new();
        options.set_bubbles(true);
        if let Ok(change) = Event::new_with_event_init_dict("change", &options) {
            self.to.dispatch_event(&change).ok();
        }
        if let Ok(Some(menu)) = self.place.closest("details[open]") {
            flag(&menu, "open", false);
            let summary = menu.query_selector("summary").ok().flatten().and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
            if let Some(summary) = summary {
                summary.focus().ok();
            }
        }
    }

    fn cells(&self) -> Vec<Element> {
        self.place.query_selector_all("[data-day]").map(|found| browser::elements(&found)).unwrap_or_default()
    }

    /// The cell of a day, if it can be seen: a phone shows one month.
    fn cell(&self, day: Day) -> Option<HtmlElement> {
        let cell: HtmlElement = self.place.query_selector(&format!("[data-day=\"{day}\"]")).ok()??.dyn_into().ok()?;
        cell.offset_parent().is_some().then_some(cell)
    }

    fn paint(&self, days: Days) {
        let at = self.at.get();
        for cell in self.cells() {
            let Some(day) = day_of(&cell) else { continue };
            let is_end = days.from == Some(day) || days.to == Some(day);
            let inside = days.from.is_some_and(|from| from < day) && days.to.is_some_and(|to| day < to);
            flag(&cell, "data-end", is_end);
            flag(&cell, "data-in", inside);
            set(&cell, "aria-selected", if is_end || inside { "true" } else { "false" });
            set(&cell, "tabindex", if day == at { "0" } else { "-1" });
        }
        self.stop_at_a_day();
        self.say(self.days());
    }

    /// The Tab key finds one day, also where the month of the chosen one was left.
    fn stop_at_a_day(&self) {
        if self.cell(self.at.get()).is_none()
            && let Some(cell) = self.cells().into_iter().rev().find(|cell| !cell.has_attribute("aria-disabled"))
        {
            set(&cell, "tabindex", "0");
        }
    }

    /// What comes next.
    fn say(&self, days: Days) {
        let place = self.place.query_selector("[data-how]").ok().flatten();
        let words = match (days.from, days.to, crate::lang()) {
            (Some(from), None, Lang::Zh) => Some(format!("从 {from} 起，再选结束日。")),
            (Some(from), None, Lang::En) => Some(format!("From {from}. Now choose the last day.")),
            _ => place.as_ref().and_then(|place| place.get_attribute("data-how")),
        };
        // The same words again would be read out again.
        if let Some(place) = place.filter(|place| place.text_content() != words) {
            place.set_text_content(words.as_deref());
        }
    }

    /// Reads the months out that a step has led to; keys read out their day.
    fn name_months(&self) {
        let captions = self.place.query_selector_all("caption").map(|found| browser::elements(&found)).unwrap_or_default();
        let names: Vec<String> = captions.iter().filter_map(|caption| caption.text_content()).collect();
        if let Ok(Some(place)) = self.place.query_selector(".visually-hidden") {
            place.set_text_content(Some(&names.join(", ")));
        }
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn cell_of(event: &Event) -> Option<Element> {
    target(event)?.closest("[data-day]").ok()?
}

fn day_of(cell: &Element) -> Option<Day> {
    cell.get_attribute("data-day")?.parse().ok()
}

fn set(cell: &Element, name: &str, value: &str) {
    // Attributes of own elements are always taken.
    cell.set_attribute(name, value).ok();
}

fn flag(element: &Element, name: &str, is_on: bool) {
    element.toggle_attribute_with_force(name, is_on).ok();
}
