//! Why a document could not be read: a closed list, each with a key that never changes and a sentence in both languages.

use serde::{Deserialize, Serialize};

use super::verify::Mismatch;

/// Why no text came out of a document. None of them is an error of the server but `Unavailable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Failure {
    /// Nothing is in the file.
    Empty,
    /// The content is of another format than claimed.
    TypeMismatch,
    /// The file is larger than `Limits::input_bytes_max`.
    TooLarge,
    /// A password is needed.
    Encrypted,
    /// The file is cut off or breaks the rules of its format.
    Damaged,
    /// Unpacked it is out of proportion: an archive bomb.
    ExpandsTooFar,
    /// It has too many parts, or they are nested too deeply.
    TooComplex,
    /// A film or a picture has no text.
    NoText,
    /// It took longer than `Limits::wall_ms` or `Limits::cpu_seconds`.
    TimedOut,
    /// It needed more than `Limits::memory_bytes_max`.
    OutOfMemory,
    /// The reader broke on it.
    Crashed,
    /// We could not try: the file cannot be opened or the reader cannot be started. Worth another try later.
    Unavailable,
}

impl Failure {
    /// Every failure, for tables and tests.
    pub const ALL: [Failure; 12] = [
        Failure::Empty,
        Failure::TypeMismatch,
        Failure::TooLarge,
        Failure::Encrypted,
        Failure::Damaged,
        Failure::ExpandsTooFar,
        Failure::TooComplex,
        Failure::NoText,
        Failure::TimedOut,
        Failure::OutOfMemory,
        Failure::Crashed,
        Failure::Unavailable,
    ];

    /// The machine key: `TYPE_MISMATCH`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Failure::Empty => "EMPTY",
            Failure::TypeMismatch => "TYPE_MISMATCH",
            Failure::TooLarge => "TOO_LARGE",
            Failure::Encrypted => "ENCRYPTED",
            Failure::Damaged => "DAMAGED",
            Failure::ExpandsTooFar => "EXPANDS_TOO_FAR",
            Failure::TooComplex => "TOO_COMPLEX",
            Failure::NoText => "NO_TEXT",
            Failure::TimedOut => "TIMED_OUT",
            Failure::OutOfMemory => "OUT_OF_MEMORY",
            Failure::Crashed => "CRASHED",
            Failure::Unavailable => "UNAVAILABLE",
        }
    }

    /// The failure of a machine key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Failure> {
        Failure::ALL.into_iter().find(|failure| failure.key() == key)
    }

    /// What to tell the editor, in Chinese.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Failure::Empty => "文件为空。",
            Failure::TypeMismatch => "文件内容与其格式不符。",
            Failure::TooLarge => "文件过大，无法提取文字。",
            Failure::Encrypted => "文件有密码保护，无法提取文字。",
            Failure::Damaged => "文件已损坏或不完整，无法提取文字。",
            Failure::ExpandsTooFar => "文件解压后异常庞大，已停止处理。",
            Failure::TooComplex => "文件包含的部分过多或嵌套过深，已停止处理。",
            Failure::NoText => "此格式不含文字。",
            Failure::TimedOut => "提取文字耗时过长，已停止处理。",
            Failure::OutOfMemory => "提取文字占用内存过多，已停止处理。",
            Failure::Crashed => "提取文字时出错，请检查文件能否正常打开。",
            Failure::Unavailable => "暂时无法提取文字，请稍后重试。",
        }
    }

    /// What to tell the editor, in English.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Failure::Empty => "The file is empty.",
            Failure::TypeMismatch => "The content of the file doesn't match its format.",
            Failure::TooLarge => "The file is too large to take text from.",
            Failure::Encrypted => "The file is protected by a password, so its text can't be read.",
            Failure::Damaged => "The file is damaged or incomplete, so its text can't be read.",
            Failure::ExpandsTooFar => "Unpacked, the file is out of all proportion. We stopped reading it.",
            Failure::TooComplex => "The file has too many parts or nests them too deeply. We stopped reading it.",
            Failure::NoText => "This format holds no text.",
            Failure::TimedOut => "Reading the text took too long. We stopped.",
            Failure::OutOfMemory => "Reading the text needed too much memory. We stopped.",
            Failure::Crashed => "Something went wrong while reading the text. Check that the file opens.",
            Failure::Unavailable => "We can't read the text right now. Try again shortly.",
        }
    }
}

impl From<Mismatch> for Failure {
    fn from(mismatch: Mismatch) -> Self {
        match mismatch {
            Mismatch::Empty => Failure::Empty,
            Mismatch::TypeMismatch => Failure::TypeMismatch,
            Mismatch::Unreadable => Failure::Unavailable,
        }
    }
}
