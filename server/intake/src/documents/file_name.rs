//! File names from outside. A name is only ever shown and offered for download; files are stored under keys of ours.

/// Longest name we keep, in characters, the extension included.
pub const FILE_NAME_CHARS_MAX: usize = 150;

/// An extension longer than this is part of the name.
const EXTENSION_CHARS_MAX: usize = 16;

/// What a name becomes when nothing of it may stay.
const NAMELESS: &str = "file";

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4",
    "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A name that can be shown, put into a header and saved on any system.
///
/// Takes the last part of a path, drops control, direction and other invisible characters, replaces what systems reserve by `_`,
/// and strips dots and spaces at both ends and in front of a dot. At most [`FILE_NAME_CHARS_MAX`] characters; the extension survives the
/// cut. Never empty, and cleaning a clean name changes nothing.
#[must_use]
pub fn clean_file_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).find(|part| !is_nothing(part)).unwrap_or_default();
    let plain = plain(base);
    let (stem, extension) = split_extension(plain.trim_matches([' ', '.']));
    let guard = if is_device(stem) { "_" } else { "" };
    let stem_chars_max = FILE_NAME_CHARS_MAX - extension.chars().count();
    let stem: String = guard.chars().chain(stem.chars()).take(stem_chars_max).collect();
    let stem = stem.trim_end_matches([' ', '.']);
    let stem = if stem.is_empty() { NAMELESS } else { stem };
    format!("{stem}{extension}")
}

fn is_nothing(part: &str) -> bool {
    part.chars().filter_map(visible).all(|character| character == ' ' || character == '.')
}

/// What stands for a character: itself, a space, a low line, or nothing.
fn visible(character: char) -> Option<char> {
    match character {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\' => Some('_'),
        // A line feed would end the header that carries the name.
        '\t' | '\n' | '\r' => Some(' '),
        character if character.is_control() => None,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' => None,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{ffa0}' => None,
        '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' => None,
        '\u{e0000}'..='\u{10ffff}' => None,
        character if character.is_whitespace() => Some(' '),
        character => Some(character),
    }
}

/// The visible characters; of dots and spaces in front of a dot only that dot stays, so that cutting leaves none at an end.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for character in name.chars().filter_map(visible) {
        if character == '.' {
            out.truncate(out.trim_end_matches([' ', '.']).len());
        }
        out.push(character);
    }
    out
}

/// `report.pdf` is `report` and `.pdf`. Without an extension the second part is empty.
fn split_extension(name: &str) -> (&str, &str) {
    match name.rfind('.').map(|at| name.split_at(at)) {
        Some((stem, extension)) if is_extension(extension) => (stem, extension),
        Some(_) | None => (name, ""),
    }
}

fn is_extension(extension: &str) -> bool {
    extension.chars().count() <= EXTENSION_CHARS_MAX + 1 && extension.chars().skip(1).all(|character| character.is_alphanumeric())
}

/// Windows looks at the part before the first dot.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or(stem).trim_end();
    DEVICES.contains(&first.to_ascii_lowercase().as_str())
}
