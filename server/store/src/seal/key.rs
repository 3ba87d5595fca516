//! The key, and what is done with it: ChaCha20-Poly1305 with a random nonce, and a keyed hash for what is compared.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    ChaCha20Poly1305, Nonce,
    aead::{Aead as _, KeyInit as _, Payload},
};
use hmac::{Hmac, Mac as _};
use rand::Rng as _;
use sha2::Sha256;
use std::fmt;

/// What a sealed value begins with: the version of how it is sealed. No number of an account begins so.
const MARK: &str = "v1.";
/// What a print begins with.
const PRINT_MARK: &str = "p1.";
/// Bytes of the key in its file, where it stands in hexadecimal.
const KEY_BYTES: usize = 32;
/// Bytes of a block of SHA-256.
const BLOCK_BYTES: usize = 64;
/// Bytes of a nonce.
const NONCE_BYTES: usize = 12;
/// Bytes of a print: nobody meets another number's by chance.
const PRINT_BYTES: usize = 16;

/// Something is sealed, not plain.
pub(crate) fn is_sealed(text: &str) -> bool {
    text.starts_with(MARK)
}

/// A key. Each use has a key of its own that is worked out from it.
pub(crate) struct Key {
    cipher: ChaCha20Poly1305,
    secret: [u8; KEY_BYTES],
    fingerprint: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.fingerprint)
    }
}

impl Key {
    /// A new secret, as it stands in a file. Never one of the fixed ids of a demo world.
    pub(super) fn new_text() -> String {
        let mut secret = [0; KEY_BYTES];
        rand::rng().fill_bytes(&mut secret);
        hex::encode(secret)
    }

    /// The key that stands in a file; none when it is no key.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut secret = [0; KEY_BYTES];
        hex::decode_to_slice(text.trim(), &mut secret).ok()?;
        let cipher = ChaCha20Poly1305::new(&hashed(&secret, &["sealing"]).into());
        let fingerprint = hex::encode(hashed(&secret, &["fingerprint"]).get(..8)?);
        Some(Self { cipher, secret, fingerprint })
    }

    /// What a database knows of its key: enough to tell another one.
    pub(super) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Seals a text. It opens only as what it is and for its owner, so a row cannot be given another company's.
    pub(crate) fn seal(&self, what: &str, owner: &str, plain: &str) -> Option<String> {
        let mut nonce = [0; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        let aad = bound_to(what, owner);
        let payload = Payload { msg: plain.as_bytes(), aad: &aad };
        let mut bytes = nonce.to_vec();
        bytes.extend(self.cipher.encrypt(&Nonce::from(nonce), payload).ok()?);
        Some(format!("{MARK}{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Opens what was sealed with this key, as this, for this owner.
    pub(crate) fn open(&self, what: &str, owner: &str, sealed: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed.strip_prefix(MARK)?).ok()?;
        let (nonce, msg) = bytes.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let plain = self.cipher.decrypt(&Nonce::from(nonce), Payload { msg, aad: &bound_to(what, owner) }).ok()?;
        String::from_utf8(plain).ok()
    }

    /// The same for the same text of the same owner: what is compared without being opened. Nobody who lacks the key can try numbers.
    pub(crate) fn print(&self, what: &str, owner: &str, plain: &str) -> String {
        let hash = hashed(&self.secret, &["print", what, owner, plain]);
        format!("{PRINT_MARK}{}", URL_SAFE_NO_PAD.encode(hash.get(..PRINT_BYTES).unwrap_or_default()))
    }

    /// A secret for another purpose, in hexadecimal.
    pub(crate) fn secret_for(&self, purpose: &str) -> String {
        hex::encode(hashed(&self.secret, &["secret", purpose]))
    }
}

/// What a sealed value is tied to. The length keeps `ab` + `c` from being `a` + `bc`.
fn bound_to(what: &str, owner: &str) -> Vec<u8> {
    format!("{}:{what}{owner}", what.len()).into_bytes()
}

fn hashed(secret: &[u8; KEY_BYTES], parts: &[&str]) -> [u8; KEY_BYTES] {
    // HMAC fills a key up with zeros itself; a whole block cannot have the wrong length.
    let mut block = [0; BLOCK_BYTES];
    block.iter_mut().zip(secret).for_each(|(place, byte)| *place = *byte);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key::read(&Key::new_text()).expect("a key")
    }

    #[test]
    fn a_sealed_value_opens_with_its_key_as_what_it_is_and_for_its_owner_only() {
        let key = key();
        let sealed = key.seal("number", "1", "571908234610915").expect("sealed");
        assert!(is_sealed(&sealed) && !sealed.contains("571908234610915"));
        assert_eq!(key.open("number", "1", &sealed).as_deref(), Some("571908234610915"));
        for (what, owner) in [("number", "2"), ("numbe", "r1"), ("answer", "1")] {
            assert_eq!(key.open(what, owner, &sealed), None, "{what} {owner}");
        }
        assert_eq!(self::key().open("number", "1", &sealed), None);
        for spoilt in ["v1.", "v1.AAAA", "571908234610915", &sealed[..sealed.len() - 2], &format!("{sealed}A")] {
            assert_eq!(key.open("number", "1", spoilt), None, "{spoilt}");
        }
    }

    #[test]
    fn the_same_text_is_sealed_differently_each_time_and_has_one_print() {
        let key = key();
        assert_ne!(key.seal("number", "1", "12345678"), key.seal("number", "1", "12345678"));
        let print = key.print("number", "1", "12345678");
        assert_eq!(print, key.print("number", "1", "12345678"));
        assert!(print != key.print("number", "2", "12345678") && print != key.print("number", "1", "12345679"));
        assert_ne!(print, self::key().print("number", "1", "12345678"));
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits_and_does_not_tell_itself() {
        let text = Key::new_text();
        let key = Key::read(&format!("{text}\n")).expect("a key");
        assert!(!format!("{key:?}").contains(&text[..16]));
        for wrong in ["", "x", &text[1..], &format!("{text}00")] {
            assert!(Key::read(wrong).is_none(), "{wrong}");
        }
    }
}
