//! Files in a bucket of S3, or of a server that speaks like it. An object appears whole or not at all. Parts of an upload that was
//! killed stay until the bucket's own rule takes them (README: `AbortIncompleteMultipartUpload`).

use super::{
    Name, Pieces, Stored, another_size,
    name::{EXPORTS, KEPT},
    nothing,
};
use bytes::Bytes;
use domain::Moment;
use futures::{StreamExt as _, TryStreamExt as _, stream, stream::BoxStream};
use object_store::{
    BackoffConfig, ClientConfigKey, ClientOptions, Error, GetOptions, ObjectMeta, ObjectStore as _, ObjectStoreExt as _, PutMode,
    RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path as Key,
};
use std::{
    io,
    path::Path,
    sync::{Arc, Once},
    time::Duration,
};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    runtime::Handle,
};

/// Larger files are sent in parts of this size; S3 takes no smaller ones than 5 MiB.
const PART_BYTES: usize = 8 * 1024 * 1024;
/// A bucket that cannot be reached is given up after this.
const CONNECT: Duration = Duration::from_secs(3);
/// A part of an upload must be through, and the next piece of a download be there, within this.
const SILENCE: Duration = Duration::from_secs(30);
/// A request is tried this often again, and not after this time: a person waits for the answer.
const AGAIN: usize = 2;
const AGAIN_WITHIN: Duration = Duration::from_secs(10);
/// Objects taken away together.
const TOGETHER: usize = 1_000;
/// Marks a bucket whose files the demo world made.
const DEMO_MARK: &str = "demo-world";

#[derive(Clone, Debug)]
pub(super) struct Bucket {
    client: Arc<AmazonS3>,
    bucket: String,
    prefix: Key,
    /// The demo world makes files in threads of its own.
    runtime: Handle,
}

impl Bucket {
    /// `bucket` or `bucket/prefix`; the usual AWS variables say the rest. The bucket must be there.
    pub(super) async fn open(place: &str) -> Result<Self, String> {
        use_ring();
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        if !(3..=63).contains(&bucket.len()) || !bucket.chars().all(fits) {
            return Err("a bucket has a name of 3 to 63 small letters, digits, dots and hyphens".to_owned());
        }
        let prefix = Key::parse(prefix.trim_end_matches('/')).map_err(|error| error.to_string())?;
        let backoff = BackoffConfig::default();
        let client = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .with_retry(RetryConfig { backoff, max_retries: AGAIN, retry_timeout: AGAIN_WITHIN })
            .with_client_options(options())
            .build()
            .map_err(|error| error.to_string())?;
        let bucket = Self { client: Arc::new(client), bucket: bucket.to_owned(), prefix, runtime: Handle::current() };
        let first = bucket.client.list(Some(&bucket.prefix)).next().await.transpose();
        first.map_err(|error| format!("the bucket does not answer: {error}"))?;
        Ok(bucket)
    }

    fn key(&self, name: &str) -> Key {
        self.prefix.parts().chain(Key::from(name).parts()).collect()
    }

    /// Sends a file of this machine under a name.
    pub(super) async fn put(&self, from: &Path, name: &Name) -> io::Result<()> {
        let (key, mut file) = (self.key(name.as_str()), File::open(from).await?);
        let first = part(&mut file).await?;
        if first.len() < PART_BYTES {
            self.client.put(&key, first.into()).await?;
            return Ok(());
        }
        let mut upload = self.client.put_multipart(&key).await?;
        let sent = async {
            let mut next = first;
            while !next.is_empty() {
                upload.put_part(next.into()).await?;
                next = part(&mut file).await?;
            }
            upload.complete().await?;
            io::Result::Ok(())
        };
        let sent = sent.await;
        if sent.is_err()
            && let Err(error) = upload.abort().await
        {
            tracing::warn!(%error, "the parts of a broken upload stay in the bucket");
        }
        sent
    }

    pub(super) fn put_blocking(&self, name: &Name, content: &[u8]) -> io::Result<()> {
        let content = Bytes::copy_from_slice(content);
        self.runtime.block_on(self.client.put(&self.key(name.as_str()), content.into()))?;
        Ok(())
    }

    /// A name in this bucket, as an operator writes it.
    pub(super) fn shown(&self, name: &str) -> String {
        format!("s3://{}/{}", self.bucket, self.key(name))
    }

    /// A small text, if it is there.
    pub(super) async fn read_small(&self, name: &str) -> io::Result<Option<String>> {
        match self.client.get(&self.key(name)).await {
            Ok(got) => String::from_utf8(got.bytes().await?.to_vec()).map(Some).map_err(io::Error::other),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts a small text, unless something has that name.
    pub(super) async fn put_first(&self, name: &str, text: String) -> io::Result<()> {
        match self.client.put_opts(&self.key(name), text.into(), PutMode::Create.into()).await {
            Ok(_) | Err(Error::AlreadyExists { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn forget(&self, name: &Name) -> io::Result<()> {
        match self.client.delete(&self.key(name.as_str())).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn size(&self, name: &Name) -> io::Result<Option<i64>> {
        match self.client.head(&self.key(name.as_str())).await {
            Ok(about) => Ok(i64::try_from(about.size).ok()),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn read(&self, name: &Name, size: u64, first: u64, length: u64) -> io::Result<Pieces> {
        let key = self.key(name.as_str());
        if length == 0 {
            let is = self.client.head(&key).await?.size;
            return if is == size { Ok(nothing()) } else { Err(another_size(is, size)) };
        }
        let part = GetOptions { range: Some((first..first.saturating_add(length)).into()), ..GetOptions::default() };
        let got = match self.client.get_opts(&key, part).await {
            // A part that it does not have: then it is shorter than it was.
            Err(Error::Generic { source, .. }) if source.to_string().contains("416") => {
                return Err(another_size(self.client.head(&key).await?.size, size));
            }
            got => got?,
        };
        if got.meta.size != size {
            return Err(another_size(got.meta.size, size));
        }
        Ok(got.into_stream().map_err(io::Error::from).boxed())
    }

    /// Copies a file to this machine.
    pub(super) async fn fetch(&self, name: &Name, to: &Path) -> io::Result<()> {
        let mut pieces = self.client.get(&self.key(name.as_str())).await?.into_stream();
        let mut file = tokio::fs::OpenOptions::new().write(true).create_new(true).open(to).await?;
        while let Some(piece) = pieces.try_next().await? {
            file.write_all(&piece).await?;
        }
        file.flush().await
    }

    pub(super) fn all(&self) -> BoxStream<'_, io::Result<Stored>> {
        let folders = [KEPT, EXPORTS].map(|folder| self.key(folder));
        let objects = stream::iter(folders).flat_map(|folder| self.client.list(Some(&folder)));
        objects.filter_map(async |about| about.map(|about| self.stored(&about)).map_err(io::Error::from).transpose()).boxed()
    }

    fn stored(&self, about: &ObjectMeta) -> Option<Stored> {
        let below: Key = about.location.prefix_match(&self.prefix)?.collect();
        let came = Moment(about.last_modified.timestamp_micros());
        Some(Stored { name: Name::read(below.as_ref())?, size_bytes: i64::try_from(about.size).unwrap_or(i64::MAX), came })
    }

    pub(super) async fn begin_demo(&self) -> io::Result<()> {
        let (kept, mark) = (self.key(KEPT), self.key(DEMO_MARK));
        let is_marked = match self.client.head(&mark).await {
            Ok(_) => true,
            Err(Error::NotFound { .. }) => false,
            Err(error) => return Err(error.into()),
        };
        if is_marked {
            let old = self.client.list(Some(&kept)).map_ok(|about| about.location).boxed();
            self.client
                .delete_stream(old)
                .try_chunks(TOGETHER)
                .map_ok(drop)
                .try_collect::<()>()
                .await
                .map_err(|error| io::Error::from(error.1))?;
        }
        if self.client.list(Some(&kept)).next().await.transpose()?.is_none() {
            let about = "The files below kept/ belong to the demo world. `demo reset` throws them away.\n";
            self.client.put(&mark, about.into()).await?;
        }
        Ok(())
    }
}

/// What the AWS variables say of connections, except how long they are waited for: a download lasts as long as its reader wants; what
/// must not last is silence.
fn options() -> ClientOptions {
    let ours = std::env::vars().filter_map(|(name, value)| {
        let key: ClientConfigKey = name.to_ascii_lowercase().strip_prefix("aws_")?.parse().ok()?;
        Some((key, value))
    });
    let options = ours.fold(ClientOptions::new(), |options, (key, value)| options.with_config(key, value));
    options.with_timeout_disabled().with_connect_timeout(CONNECT).with_read_timeout(SILENCE)
}

/// The HTTP client asks the process for its cryptography: it is the one that the database connections use.
fn use_ring() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if rustls::crypto::ring::default_provider().install_default().is_err() {
            tracing::debug!("another cryptography was chosen before");
        }
    });
}

/// The next part of a file, shorter only at its end.
async fn part(file: &mut File) -> io::Result<Bytes> {
    let mut part = Vec::with_capacity(PART_BYTES);
    file.take(u64::try_from(PART_BYTES).unwrap_or(u64::MAX)).read_to_end(&mut part).await?;
    Ok(part.into())
}
