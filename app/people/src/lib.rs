//! People: signing in, security of the account, joining.

pub mod sign_in;
