//! Real books: what `debian-docs.sh` brings, read in the real child.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use intake::child::extract_in_child;
use intake::documents::{Extracted, FileFormat, Language, Limits, verify};

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/debian-docs.sh");
    let output = Command::new("bash").arg(script).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    PathBuf::from(String::from_utf8(output.stdout).unwrap().trim())
});

async fn read(path: &str, format: FileFormat) -> Extracted {
    let path = FOLDER.join(path);
    assert_eq!(verify(&path, format), Ok(()));
    extract_in_child(Path::new(env!("CARGO_BIN_EXE_extract-text")), &path, format, &Limits::default()).await.unwrap()
}

#[tokio::test]
async fn the_chinese_reference_is_read_with_its_words_whole() {
    let book = read("usr/share/debian-reference/debian-reference.zh-cn.pdf", FileFormat::Pdf).await;
    assert_eq!(book.title.as_deref(), Some("Debian 参考手册"));
    assert_eq!(book.language_hint, Some(Language::Zh));
    assert!(book.pages.unwrap() > 200);
    // The book says it about 900 times; words broken at a line end are among them.
    assert!(book.text.matches("软件包").count() > 880, "{}", book.text.matches("软件包").count());
    assert!(book.text.contains("启动系统之后，如果你没有安装 GUI"));
}

#[tokio::test]
async fn the_chinese_guide_is_read() {
    let book = read("usr/share/doc/maint-guide-zh-cn/maint-guide.zh-cn.pdf", FileFormat::Pdf).await;
    assert_eq!(book.title.as_deref(), Some("Debian 新维护者手册"));
    assert_eq!(book.language_hint, Some(Language::Zh));
    assert!(book.text.matches("软件包").count() > 390);
}

#[tokio::test]
async fn an_english_book_says_the_same_as_pdf_and_as_epub() {
    let pdf = read("usr/share/developers-reference/developers-reference.pdf", FileFormat::Pdf).await;
    let epub = read("usr/share/developers-reference/developers-reference.epub", FileFormat::Epub).await;
    for book in [pdf, epub] {
        assert_eq!(book.language_hint, Some(Language::En));
        for words in ["This manual is free software", "The Debian archive", "non-maintainer upload"] {
            assert!(book.text.contains(words), "{words}");
        }
    }
}
