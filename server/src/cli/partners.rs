//! `partner create` and `partner list`.

use super::{in_turn, open, passwords, said};
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::{
    Error,
    access::{Anyone, Identity, Program, Role, Side},
    machine::Keyed,
    sign_in::{EMAIL_MAX, fold_email},
};
use serde::Serialize;
use std::process::ExitCode;
use store::{
    Access, Written,
    people::{self, NewAccount, NewTenant},
};

/// Partner companies.
#[derive(Debug, Subcommand)]
pub enum Partner {
    /// Enter a company that has signed the network agreement, with its administrator.
    Create(Create),
    /// List number, identities and name of every partner.
    List,
}

/// A new partner.
#[derive(Clone, Debug, Args, Serialize)]
pub struct Create {
    /// The company's full name.
    #[arg(long)]
    name: String,
    /// The short name that pages show; the full name without it.
    #[arg(long)]
    short_name: Option<String>,
    /// The unified social credit code.
    #[arg(long)]
    tax_number: Option<String>,
    /// An identity: distributor, reseller, csp, service, software, si or learning. May be repeated.
    #[arg(long = "identity", value_parser = key::<Identity>)]
    identities: Vec<Identity>,
    /// A joined program: co_development, csp_program, distributor_program, reseller_program, service_program, ei_procurement or
    /// marketplace_service. May be repeated.
    #[arg(long = "program", value_parser = key::<Program>)]
    programs: Vec<Program>,
    /// The administrator's address.
    #[arg(long, value_parser = email)]
    admin_email: String,
    /// The administrator's name.
    #[arg(long)]
    admin_name: String,
    /// Read the administrator's password from the first line of the input, instead of making one.
    #[arg(long)]
    password_stdin: bool,
}

pub(super) async fn run(partner: Partner, config: &Config) -> Result<ExitCode, String> {
    match partner {
        Partner::Create(create) => run_create(create, config).await,
        Partner::List => list(config).await,
    }
}

async fn list(config: &Config) -> Result<ExitCode, String> {
    let store = open(config).await?;
    for partner in people::partners(&store).await.map_err(|error| said(&error))? {
        println!("{}\t{}\t{}", partner.number, partner.identities, partner.name);
    }
    store.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn run_create(create: Create, config: &Config) -> Result<ExitCode, String> {
    let store = open(config).await?;
    let password = passwords::get(&store, create.password_stdin)?;
    let password_hash = passwords::hash(&store, &password).await?;
    let access: Access<Anyone> = store.stranger("local".to_owned(), "partner create".to_owned()).access().map_err(|error| said(&error))?;
    let number = in_turn(|| write(&access, create.clone(), password_hash.clone())).await.map_err(|error| match error {
        Error::Invalid { .. } => format!("{} is the address of an account already", create.admin_email),
        error => said(&error),
    })?;
    store.db.close().await;
    println!("{number}\t{}", create.name);
    passwords::tell(&create.admin_email, &password);
    Ok(ExitCode::SUCCESS)
}

async fn write(access: &Access<Anyone>, create: Create, password_hash: String) -> Result<String, Error> {
    access
        .write(None, (create, password_hash), |tx, (create, password_hash)| {
            Box::pin(async move {
                if people::has_account(tx, &create.admin_email).await? {
                    return Err(Error::Invalid { field: "admin_email".to_owned() });
                }
                let (tenant, now) = (tx.new_id(), tx.now());
                let number = people::next_number(tx, Side::Partner).await?;
                let company = NewTenant {
                    id: tenant,
                    number: number.clone(),
                    side: Side::Partner,
                    name: create.name.clone(),
                    short_name: create.short_name.clone().unwrap_or_else(|| create.name.clone()),
                    tax_number: create.tax_number.clone(),
                    identities: create.identities.clone(),
                    programs: create.programs.clone(),
                    real_name_at: Some(now),
                    agreement: Some((now, create.admin_name.clone())),
                };
                people::create_tenant(tx, &company).await?;
                let administrator = NewAccount {
                    id: tx.new_id(),
                    tenant,
                    email: create.admin_email.clone(),
                    name: create.admin_name.clone(),
                    password_hash: password_hash.clone(),
                    roles: vec![Role::Administrator],
                };
                people::create_account(tx, &administrator).await?;
                Ok(Written::quiet(number))
            })
        })
        .await
}

/// Reads a stable key.
pub(super) fn key<K: Keyed>(text: &str) -> Result<K, String> {
    let keys = || K::ALL.iter().map(|value| value.key()).collect::<Vec<_>>().join(", ");
    K::read(text).ok_or_else(|| format!("allowed are {}", keys()))
}

/// Reads an address to sign in with.
pub(super) fn email(text: &str) -> Result<String, String> {
    let folded = fold_email(text);
    let is_plain = !folded.chars().any(|c| c.is_control() || c.is_whitespace());
    let parts = folded.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    if is_plain && parts && folded.len() <= EMAIL_MAX { Ok(folded) } else { Err("allowed is an e-mail address".to_owned()) }
}
