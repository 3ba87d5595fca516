//! What signing in asks of the server. Cookies are set here, because only here the new secret is known.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use kit::call::{Answer, Done};
use leptos::prelude::*;
use server_fn::codec::{Json, PostUrl};

/// Signs in and goes to `next`, if it is an own path.
#[server(prefix = "/fn", endpoint = "sign-in", input = PostUrl, output = Json)]
pub async fn sign_in(email: String, password: String, next: String) -> Answer<Done> {
    let access = kit::call::access::<domain::access::Anyone>()?;
    let device = kit::call::user_agent();
    let new = store::sessions::sign_in(&access, &email, &password, &device).await?;
    kit::call::set_session(Some(&new.key));
    Ok(Done { to: Some(domain::sign_in::own_path(&next).to_owned()), ..Done::default() })
}

/// Ends this session.
#[server(prefix = "/fn", endpoint = "sign-out", input = PostUrl, output = Json)]
pub async fn sign_out() -> Answer<Done> {
    let access = kit::call::access::<domain::access::Anyone>()?;
    store::sessions::sign_out(&access).await?;
    kit::call::set_session(None);
    Ok(Done { to: Some("/sign-in".to_owned()), ..Done::default() })
}

/// Ends every session of the account.
#[server(prefix = "/fn", endpoint = "sign-out-everywhere", input = PostUrl, output = Json)]
pub async fn sign_out_everywhere() -> Answer<Done> {
    let access = kit::call::access::<domain::access::Anyone>()?;
    store::sessions::sign_out_everywhere(&access).await?;
    kit::call::set_session(None);
    Ok(Done { to: Some("/sign-in".to_owned()), ..Done::default() })
}
