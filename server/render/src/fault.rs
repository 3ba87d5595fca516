//! Why a file could not be made.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use zip::result::ZipError;

/// Why a file could not be made.
#[derive(Debug)]
pub enum Fault {
    /// The disk or the folder. The kind is the system's: [`io::ErrorKind::StorageFull`] stays what it is.
    Io(io::Error),
    /// A limit was reached.
    TooLong {
        /// Which one.
        what: Limit,
        /// The largest number that is allowed.
        max: u64,
    },
    /// A table without columns.
    NoColumns,
    /// A row that does not fit its heads.
    Cells {
        /// Number of heads.
        expected: usize,
        /// Number of cells.
        got: usize,
    },
    /// A number has more places than its column shows. Nothing is rounded here.
    NotExact {
        /// The column, from zero.
        column: usize,
    },
    /// No font with Chinese characters was found.
    NoFont {
        /// Every file that was tried, in order.
        looked_at: Vec<PathBuf>,
    },
    /// The PDF could not be put together; what its library said.
    Layout(String),
}

/// What may not become too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Columns of a table.
    Columns,
    /// Rows of a PDF.
    PdfRows,
    /// Bytes of text in a PDF.
    PdfTextBytes,
    /// Sheets of an XLSX.
    Sheets,
}

impl Fault {
    /// Is there no room left where the file is written? Then trying again helps only after somebody has made room.
    #[must_use]
    pub fn is_storage_full(&self) -> bool {
        match self {
            Fault::Io(error) => matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded),
            Fault::TooLong { .. }
            | Fault::NoColumns
            | Fault::Cells { .. }
            | Fault::NotExact { .. }
            | Fault::NoFont { .. }
            | Fault::Layout(_) => false,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Io(error) => write!(f, "cannot write the file: {error}"),
            Fault::TooLong { what, max } => write!(f, "more than {max} for {what:?}"),
            Fault::NoColumns => write!(f, "a table without columns"),
            Fault::Cells { expected, got } => write!(f, "{got} cells for {expected} heads"),
            Fault::NotExact { column } => write!(f, "a number in column {column} has more places than the column"),
            Fault::NoFont { looked_at } => write!(f, "no font with Chinese characters in {looked_at:?}"),
            Fault::Layout(said) => write!(f, "cannot put the PDF together: {said}"),
        }
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Fault::Io(error) => Some(error),
            Fault::TooLong { .. }
            | Fault::NoColumns
            | Fault::Cells { .. }
            | Fault::NotExact { .. }
            | Fault::NoFont { .. }
            | Fault::Layout(_) => None,
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::Io(error)
    }
}

impl From<csv::Error> for Fault {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Fault::Io(error),
            // The others are about reading, or about rows of different lengths, which never get this far.
            other => Fault::Io(io::Error::other(format!("{other:?}"))),
        }
    }
}

impl From<ZipError> for Fault {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) => Fault::Io(error),
            other => Fault::Io(io::Error::other(other)),
        }
    }
}
