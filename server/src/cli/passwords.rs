//! The first password of an account that an operator makes.

use domain::sign_in::PASSWORD_MAX;
use std::io::BufRead as _;
use store::Store;

/// Shortest password that an operator may give.
const PASSWORD_MIN: usize = 12;
/// Characters of a password that we make: the secret has 256 bits, 24 digits of it hold 96.
const MADE: usize = 24;

/// A password, and whether the operator has to be told.
pub(super) struct Password {
    pub text: String,
    pub made: bool,
}

/// Reads the first line of the input, or makes a password.
pub(super) fn get(store: &Store, from_stdin: bool) -> Result<Password, String> {
    if !from_stdin {
        let text = store.ids.secret().chars().take(MADE).collect();
        return Ok(Password { text, made: true });
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|error| format!("the password cannot be read: {error}"))?;
    let text = line.trim_end_matches(['\r', '\n']).to_owned();
    let fits = text.chars().count() >= PASSWORD_MIN && text.len() <= PASSWORD_MAX;
    if fits { Ok(Password { text, made: false }) } else { Err(format!("a password has {PASSWORD_MIN} to {PASSWORD_MAX} characters")) }
}

/// Hashes it with a salt of its own.
pub(super) async fn hash(store: &Store, password: &Password) -> Result<String, String> {
    let salt: String = store.ids.secret().chars().take(32).collect();
    store.passwords.hash(&password.text, &salt).await.map_err(|error| super::said(&error))
}

/// Tells the operator a password that was made. It is shown this once.
pub(super) fn tell(email: &str, password: &Password) {
    println!("{email} can sign in.");
    if password.made {
        println!("The password, shown this once: {}", password.text);
    }
}
