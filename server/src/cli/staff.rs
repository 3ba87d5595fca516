//! `staff create`: people of the vendor, the first of a new installation among them.

use super::{
    in_turn, open,
    partners::{email, key},
    passwords, said,
};
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::{
    Error,
    access::{Anyone, Role, Side, roles_of},
    machine::Keyed as _,
};
use serde::Serialize;
use std::process::ExitCode;
use store::{
    Access, Written,
    people::{self, NewAccount, NewTenant},
};

/// People of the vendor.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Let somebody of the vendor sign in.
    Create(Create),
}

/// A new member of the vendor's staff.
#[derive(Clone, Debug, Args, Serialize)]
pub struct Create {
    /// The address to sign in with.
    #[arg(value_parser = email)]
    email: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// A role: manager, operations, finance, content or support. May be repeated.
    #[arg(long = "role", required = true, value_parser = role)]
    roles: Vec<Role>,
    /// The vendor's full name; asked for with the first person only.
    #[arg(long)]
    vendor: Option<String>,
    /// Read the password from the first line of the input, instead of making one.
    #[arg(long)]
    password_stdin: bool,
}

fn role(text: &str) -> Result<Role, String> {
    let of_vendor = roles_of(Side::Vendor);
    let allowed = || of_vendor.iter().map(|role| role.key()).collect::<Vec<_>>().join(", ");
    key::<Role>(text).ok().filter(|role| of_vendor.contains(role)).ok_or_else(|| format!("allowed are {}", allowed()))
}

pub(super) async fn run(Staff::Create(create): Staff, config: &Config) -> Result<ExitCode, String> {
    let store = open(config).await?;
    let password = passwords::get(&store, create.password_stdin)?;
    let password_hash = passwords::hash(&store, &password).await?;
    let access: Access<Anyone> = store.stranger("local".to_owned(), "staff create".to_owned()).access().map_err(|error| said(&error))?;
    in_turn(|| write(&access, create.clone(), password_hash.clone())).await.map_err(|error| match error {
        Error::Invalid { field } if field == "vendor" => "there is no vendor yet; name it with --vendor".to_owned(),
        Error::Invalid { .. } => format!("{} is the address of an account already", create.email),
        error => said(&error),
    })?;
    store.db.close().await;
    passwords::tell(&create.email, &password);
    Ok(ExitCode::SUCCESS)
}

async fn write(access: &Access<Anyone>, create: Create, password_hash: String) -> Result<(), Error> {
    access
        .write(None, (create, password_hash), |tx, (create, password_hash)| {
            Box::pin(async move {
                if people::has_account(tx, &create.email).await? {
                    return Err(Error::Invalid { field: "email".to_owned() });
                }
                let tenant = match people::vendor(tx).await? {
                    Some(tenant) => tenant,
                    None => found(tx, create.vendor.as_deref()).await?,
                };
                let account = NewAccount {
                    id: tx.new_id(),
                    tenant,
                    email: create.email.clone(),
                    name: create.name.clone(),
                    password_hash: password_hash.clone(),
                    roles: create.roles.clone(),
                };
                people::create_account(tx, &account).await?;
                Ok(Written::quiet(()))
            })
        })
        .await
}

/// Enters the vendor's company.
async fn found(tx: &mut store::Tx, name: Option<&str>) -> Result<domain::Id, Error> {
    let name = name.map(str::trim).filter(|name| !name.is_empty()).ok_or_else(|| Error::Invalid { field: "vendor".to_owned() })?;
    let vendor = NewTenant {
        id: tx.new_id(),
        number: people::next_number(tx, Side::Vendor).await?,
        side: Side::Vendor,
        name: name.to_owned(),
        short_name: name.to_owned(),
        tax_number: None,
        identities: Vec::new(),
        programs: Vec::new(),
        real_name_at: None,
        agreement: None,
    };
    people::create_tenant(tx, &vendor).await?;
    Ok(vendor.id)
}
