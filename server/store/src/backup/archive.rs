//! The file of a backup: a tar as POSIX describes it, written and read a piece at a time, so that any size takes little memory and any
//! machine can look inside.

use super::{Trouble, Unfit};
use sha2::{Digest as _, Sha256};
use tar::{EntryType, Header};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader, BufWriter},
};

/// A tar consists of blocks; heads take one, contents are filled up to one.
const BLOCK: usize = 512;
const ZEROS: [u8; BLOCK] = [0; BLOCK];
/// Contents are read in pieces of this size.
const PIECE_BYTES: usize = 64 * 1024;

/// A backup on its way out.
pub(super) struct Writer {
    file: BufWriter<File>,
    hash: Sha256,
    size: u64,
}

impl Writer {
    pub(super) fn new(file: File) -> Self {
        Self { file: BufWriter::with_capacity(PIECE_BYTES, file), hash: Sha256::new(), size: 0 }
    }

    /// Writes an entry at once.
    pub(super) async fn whole(&mut self, name: &str, content: &[u8]) -> Result<(), Trouble> {
        self.begin(name, u64::try_from(content.len()).unwrap_or(u64::MAX)).await?;
        self.push(content).await?;
        self.end().await
    }

    /// Begins an entry of `size` bytes, which follow by `push`.
    pub(super) async fn begin(&mut self, name: &str, size: u64) -> Result<(), Trouble> {
        let mut head = Header::new_ustar();
        head.set_path(name).map_err(Trouble::Write)?;
        head.set_entry_type(EntryType::Regular);
        head.set_mode(0o600);
        head.set_size(size);
        head.set_cksum();
        self.push(head.as_bytes()).await
    }

    pub(super) async fn push(&mut self, piece: &[u8]) -> Result<(), Trouble> {
        self.file.write_all(piece).await.map_err(Trouble::Write)?;
        self.hash.update(piece);
        self.size = self.size.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    /// Ends an entry: the next one begins with a block of its own.
    pub(super) async fn end(&mut self) -> Result<(), Trouble> {
        let over = usize::try_from(self.size % 512).unwrap_or(0);
        let fill = ZEROS.get(over..).filter(|_| over > 0).unwrap_or_default();
        self.push(fill).await
    }

    /// Ends the file: it is on the disk after this. Gives its SHA-256 and its size.
    pub(super) async fn finish(mut self) -> Result<(String, u64), Trouble> {
        self.push(&ZEROS).await?;
        self.push(&ZEROS).await?;
        self.file.flush().await.map_err(Trouble::Write)?;
        self.file.get_ref().sync_all().await.map_err(Trouble::Write)?;
        Ok((hex::encode(self.hash.finalize()), self.size))
    }
}

/// A backup on its way in.
pub(super) struct Reader {
    file: BufReader<File>,
    /// Bytes of the entry that have not been read, and of its filling.
    left: u64,
    fill: u64,
    is_begun: bool,
}

/// The head of an entry.
pub(super) struct Entry {
    pub name: String,
    pub size: u64,
}

impl Reader {
    pub(super) fn new(file: File) -> Self {
        Self { file: BufReader::with_capacity(PIECE_BYTES, file), left: 0, fill: 0, is_begun: false }
    }

    /// The next entry; what was not read of this one is passed over. None at the end of the file, which is looked for.
    pub(super) async fn next(&mut self) -> Result<Option<Entry>, Unfit> {
        while self.piece().await?.is_some() {}
        self.pass_fill().await?;
        let mut block = [0; BLOCK];
        self.exact(&mut block).await?;
        if block == ZEROS && self.is_begun {
            return self.ended().await.map(|()| None);
        }
        let head = Header::from_byte_slice(&block);
        let is_whole = head.cksum().is_ok_and(|sum| sum == checksum(&block)) && head.as_ustar().is_some();
        let entry = head.path().ok().and_then(|path| path.to_str().map(str::to_owned)).zip(head.entry_size().ok());
        match entry {
            Some((name, size)) if is_whole && head.entry_type() == EntryType::Regular => {
                self.is_begun = true;
                (self.left, self.fill) = (size, size.next_multiple_of(512) - size);
                Ok(Some(Entry { name, size }))
            }
            _ if self.is_begun => Err(Unfit::Altered("the head of an entry".to_owned())),
            _ => Err(Unfit::Foreign),
        }
    }

    /// The next piece of the entry's content.
    pub(super) async fn piece(&mut self) -> Result<Option<Vec<u8>>, Unfit> {
        if self.left == 0 {
            return Ok(None);
        }
        let length = usize::try_from(self.left).unwrap_or(PIECE_BYTES).min(PIECE_BYTES);
        let mut piece = vec![0; length];
        self.exact(&mut piece).await?;
        self.left -= u64::try_from(length).unwrap_or(self.left);
        Ok(Some(piece))
    }

    /// The whole content of an entry, which has at most this many bytes.
    pub(super) async fn content(&mut self, entry: &Entry, most: u64) -> Result<Vec<u8>, Unfit> {
        if entry.size > most {
            return Err(Unfit::Altered(entry.name.clone()));
        }
        let mut content = Vec::new();
        while let Some(piece) = self.piece().await? {
            content.extend(piece);
        }
        Ok(content)
    }

    async fn pass_fill(&mut self) -> Result<(), Unfit> {
        let mut fill = vec![0; usize::try_from(self.fill).unwrap_or(0)];
        self.fill = 0;
        self.exact(&mut fill).await?;
        if fill.iter().all(|byte| *byte == 0) { Ok(()) } else { Err(Unfit::Altered("what fills up an entry".to_owned())) }
    }

    /// One more empty block, and nothing behind it.
    async fn ended(&mut self) -> Result<(), Unfit> {
        let mut block = [0; BLOCK];
        self.exact(&mut block).await?;
        let more = self.file.read(&mut [0]).await.map_err(Unfit::Read)?;
        if block == ZEROS && more == 0 { Ok(()) } else { Err(Unfit::Altered("its end".to_owned())) }
    }

    async fn exact(&mut self, to: &mut [u8]) -> Result<(), Unfit> {
        match self.file.read_exact(to).await {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof && self.is_begun => Err(Unfit::Cut),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(Unfit::Foreign),
            Err(error) => Err(Unfit::Read(error)),
        }
    }
}

/// The sum of a head's bytes, with blanks where the sum itself stands.
fn checksum(block: &[u8; BLOCK]) -> u32 {
    let own = 148..156;
    block.iter().enumerate().map(|(at, byte)| if own.contains(&at) { u32::from(b' ') } else { u32::from(*byte) }).sum()
}
