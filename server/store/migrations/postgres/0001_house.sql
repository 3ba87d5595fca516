-- Companies and people, their sessions, and what the house itself keeps. Times are microseconds since 1970 in UTC.

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE tenants (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    side TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    tax_number TEXT,
    identities TEXT NOT NULL,
    real_name_at_us BIGINT,
    agreement_at_us BIGINT,
    agreement_by TEXT,
    created_at_us BIGINT NOT NULL
);

CREATE TABLE memberships (
    tenant_id TEXT NOT NULL,
    program TEXT NOT NULL,
    state TEXT NOT NULL,
    changed_at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, program)
);

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at_us BIGINT NOT NULL
);
CREATE INDEX accounts_by_tenant ON accounts (tenant_id, state, id);

CREATE TABLE sessions (
    key_hash TEXT NOT NULL PRIMARY KEY,
    previous_hash TEXT,
    account_id TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    begun_at_us BIGINT NOT NULL,
    rotated_at_us BIGINT NOT NULL,
    seen_at_us BIGINT NOT NULL,
    password_at_us BIGINT NOT NULL,
    address TEXT NOT NULL,
    device TEXT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id, begun_at_us);
CREATE INDEX sessions_by_previous ON sessions (previous_hash);

CREATE TABLE throttles (
    key TEXT NOT NULL PRIMARY KEY,
    begun_at_us BIGINT NOT NULL,
    tries BIGINT NOT NULL
);

CREATE TABLE codes (
    account_id TEXT NOT NULL,
    act TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    sent_at_us BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (account_id, act)
);

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL UNIQUE,
    at_us BIGINT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    code TEXT,
    state TEXT NOT NULL
);

CREATE TABLE kept_answers (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX kept_answers_by_age ON kept_answers (at_us);

CREATE TABLE kept_keys (
    tenant_id TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    answer TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, key)
);
CREATE INDEX kept_keys_by_age ON kept_keys (at_us);

CREATE TABLE audit (
    tenant_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    address TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, seq)
);

CREATE VIEW v_audit AS
SELECT tenant_id, seq, at_us AS at, actor, action, object, prev_hash, hash FROM audit;
