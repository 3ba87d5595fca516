//! What the account page asks of the server.

use domain::Moment;
use kit::{call::Answer, packed::Packed};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

/// A session of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// When it began, in the system's time.
    pub begun: Moment,
    /// When it was last used.
    pub seen: Moment,
    /// From which network address.
    pub address: String,
    /// With which browser.
    pub device: String,
    /// It is this one.
    pub current: bool,
}

/// The sessions of the account.
#[server(prefix = "/fn", endpoint = "account/sessions", input = GetUrl, output = Json)]
pub async fn own_sessions() -> Answer<Packed> {
    let access = kit::call::access::<domain::access::Anyone>()?;
    let sessions = store::sessions::own(&access).await?;
    let row = |session: store::sessions::OwnSession| SessionRow {
        begun: session.begun,
        seen: session.seen,
        address: session.address,
        device: domain::sign_in::device_words(&session.device, kit::lang()),
        current: session.current,
    };
    Ok(Packed::new(sessions.into_iter().map(row).collect::<Vec<_>>()))
}
