//! The file formats the library takes. Links are not files and are unknown here.

use std::path::Path;

/// A format of the library. `domain::library` has the same keys; convert by [`FileFormat::key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileFormat {
    /// Portable document.
    Pdf,
    /// Word processing, Office Open XML without macros.
    Docx,
    /// Workbook, Office Open XML without macros.
    Xlsx,
    /// Slides, Office Open XML without macros.
    Pptx,
    /// Archive.
    Zip,
    /// Film.
    Mp4,
    /// Electronic book.
    Epub,
    /// Plain text in UTF-8 or GB18030.
    Txt,
    /// Picture.
    Png,
}

impl FileFormat {
    /// Every format, in the order of the library's filter.
    pub const ALL: [FileFormat; 9] = [
        FileFormat::Pdf,
        FileFormat::Docx,
        FileFormat::Xlsx,
        FileFormat::Pptx,
        FileFormat::Zip,
        FileFormat::Mp4,
        FileFormat::Epub,
        FileFormat::Txt,
        FileFormat::Png,
    ];

    /// The machine key, which is also the file extension: `pdf`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            FileFormat::Pdf => "pdf",
            FileFormat::Docx => "docx",
            FileFormat::Xlsx => "xlsx",
            FileFormat::Pptx => "pptx",
            FileFormat::Zip => "zip",
            FileFormat::Mp4 => "mp4",
            FileFormat::Epub => "epub",
            FileFormat::Txt => "txt",
            FileFormat::Png => "png",
        }
    }

    /// The format of a machine key; keys are lower case.
    #[must_use]
    pub fn from_key(key: &str) -> Option<FileFormat> {
        FileFormat::ALL.into_iter().find(|format| format.key() == key)
    }

    /// The format that a file name claims by its extension, in any case. A name without one claims nothing.
    #[must_use]
    pub fn from_file_name(name: &str) -> Option<FileFormat> {
        let extension = Path::new(name.trim_end()).extension()?.to_str()?;
        FileFormat::from_key(&extension.to_ascii_lowercase())
    }

    /// The media type to serve it with. Text is stored as it came: [`super::text_charset`] says what to add.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            FileFormat::Pdf => "application/pdf",
            FileFormat::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileFormat::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            FileFormat::Zip => "application/zip",
            FileFormat::Mp4 => "video/mp4",
            FileFormat::Epub => "application/epub+zip",
            FileFormat::Txt => "text/plain",
            FileFormat::Png => "image/png",
        }
    }

    /// Whether there can be words in it. Asking for the text of the others is answered with `Failure::NoText`.
    #[must_use]
    pub const fn has_text(self) -> bool {
        match self {
            FileFormat::Pdf
            | FileFormat::Docx
            | FileFormat::Xlsx
            | FileFormat::Pptx
            | FileFormat::Zip
            | FileFormat::Epub
            | FileFormat::Txt => true,
            FileFormat::Mp4 | FileFormat::Png => false,
        }
    }

    /// Whether it is an Office Open XML package.
    pub(crate) const fn is_office(self) -> bool {
        match self {
            FileFormat::Docx | FileFormat::Xlsx | FileFormat::Pptx => true,
            FileFormat::Pdf | FileFormat::Zip | FileFormat::Mp4 | FileFormat::Epub | FileFormat::Txt | FileFormat::Png => false,
        }
    }
}
