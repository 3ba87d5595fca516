//! Makes the demo world where PC_DATABASE_URL and PC_STORAGE_URL say.
#[tokio::main]
async fn main() -> Result<(), String> {
    let env = |name: &str, or: &str| std::env::var(name).unwrap_or_else(|_| or.to_owned());
    let documents = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let database = env("PC_DATABASE_URL", "sqlite://data/partner-center.db");
    let storage = env("PC_STORAGE_URL", "file://data/files");
    let report = demo::reset(&database, &storage, demo::Options { documents, bill_lines: 0 }).await?;
    println!("{report:?}");
    Ok(())
}
