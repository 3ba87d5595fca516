//! What the company's pages ask of the server.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes of arguments")]

use kit::call::{Answer, Done};
use leptos::prelude::*;
use server_fn::codec::{Json, PostUrl};

/// Asks the company's administrators to bring about what a gate needs.
#[server(prefix = "/fn", endpoint = "ask-administrators", input = PostUrl, output = Json)]
pub async fn ask_administrators(permission: String) -> Answer<Done> {
    let access = kit::call::access::<domain::access::Anyone>()?;
    store::people::ask_administrators(&access, &permission).await?;
    Ok(Done::said(super::programs::ASKED.at(kit::lang())))
}

/// Joins the co-development program, which needs no review (domain.md 1.5).
#[server(prefix = "/fn", endpoint = "programs/join", input = PostUrl, output = Json)]
pub async fn join_program(program: String) -> Answer<Done> {
    let access = kit::call::access::<domain::access::CanJoinPrograms>()?;
    store::people::join_program(&access, &program).await?;
    Ok(Done::at("/account/programs", super::programs::JOINED_NOW.at(kit::lang())))
}
