//! A list page as people see it: its rows by the test ids of their markup, in a page or in the answer of its function.

use crate::client::Reply;
use serde_json::{Value, json};

pub struct Listed {
    pub total: i64,
    pub rows: Vec<Row>,
    pub markup: String,
}

pub struct Row {
    pub id: String,
    pub markup: String,
}

impl Reply {
    pub fn listed(&self) -> Listed {
        assert_eq!(self.status, 200, "{}", self.text());
        let markup = match serde_json::from_slice::<Value>(&self.body) {
            Ok(sheet) => sheet["main"].as_str().expect("a sheet").to_owned(),
            Err(_) => self.text(),
        };
        let rows = markup.split("<tr role=\"row\" data-testid=\"").skip(1);
        let rows = rows.filter_map(|row| Some((row.split_once("</tr>")?.0, row.split('"').next()?.ends_with("-row"))));
        let rows = rows
            .filter(|(_, is_row)| *is_row)
            .map(|(row, _)| Row { id: attribute(row, "data-id").expect("an id"), markup: row.to_owned() });
        let total = attribute(&markup, "data-count").and_then(|count| count.parse().ok());
        Listed { total: total.unwrap_or_else(|| panic!("no count: {markup}")), rows: rows.collect(), markup }
    }
}

impl Row {
    /// The first attribute of that name.
    pub fn get(&self, name: &str) -> Option<String> {
        attribute(&self.markup, name)
    }

    /// The text of the element with that test id.
    pub fn text(&self, testid: &str) -> Option<String> {
        let rest = self.markup.split_once(&format!("data-testid=\"{testid}\""))?.1;
        Some(rest.split_once('>')?.1.split('<').next()?.to_owned())
    }

    /// What tests of exports and messages ask of a row.
    pub fn value(&self) -> Value {
        let rows_done = self.text("cell-content").and_then(|text| text.split(' ').next()?.replace(',', "").parse::<i64>().ok());
        json!({
            "id": self.id,
            "state": self.get("data-state"),
            "kind": self.get("data-format"),
            "sha256": self.get("title"),
            "rows_done": rows_done,
            "file_name": self.text("open-panel"),
            "title": self.markup.split_once("class=\"row-link\"").and_then(|(_, rest)| rest.split_once('>')?.1.split('<').next().map(str::to_owned)),
            "markup": self.markup,
        })
    }
}

fn attribute(markup: &str, name: &str) -> Option<String> {
    let rest = markup.split_once(&format!(" {name}=\""))?.1;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}
