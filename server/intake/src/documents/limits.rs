//! How much one document may cost.

use serde::{Deserialize, Serialize};

/// The bounds of one extraction. `Limits::default()` is what the server uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Largest file that is opened at all.
    pub input_bytes_max: u64,
    /// Characters after which the rest of the document is left out.
    pub text_chars_max: usize,
    /// Files in an archive, parts in a package, pages in a PDF.
    pub entries_max: usize,
    /// Bytes that may be unpacked from one archive, all its files together.
    pub expanded_bytes_max: u64,
    /// How many bytes one packed byte may become, once a file has unpacked to more than 8 MiB.
    pub ratio_max: u64,
    /// Elements inside each other.
    pub xml_depth_max: usize,
    /// Time by the clock, after which the parent ends its child; in milliseconds.
    pub wall_ms: u64,
    /// Time of the processor, after which the kernel ends the child; in seconds.
    pub cpu_seconds: u64,
    /// Address space of the child.
    pub memory_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            // An upload has at most 200 MB (domain.md F1).
            input_bytes_max: 200 * MIB,
            // Four times the longest book of the Debian documentation; 6 MB of Chinese in the index.
            text_chars_max: 2_000_000,
            entries_max: 10_000,
            // Workbooks unpack to ten times their size; past this nobody reads them in a browser either.
            expanded_bytes_max: 512 * MIB,
            // Deflate cannot pass 1,032; sheets of repeated rows were seen at 100.
            ratio_max: 300,
            // Word nests five elements for a table in a table; real files stay below 60.
            xml_depth_max: 256,
            wall_ms: 60_000,
            cpu_seconds: 30,
            memory_bytes_max: 1024 * MIB,
        }
    }
}

impl Limits {
    /// The bounds of drawing one page: somebody waits for it.
    #[must_use]
    pub fn of_drawing() -> Self {
        Limits { wall_ms: 15_000, cpu_seconds: 12, memory_bytes_max: 2048 * MIB, ..Self::default() }
    }
}

const MIB: u64 = 1024 * 1024;
