-- Agreements (domain.md F0 and 6.15). Days are the moment at which they begin; `until_us` is the first moment at which a version can't be accepted
-- any more. Where a company stands is worked out from these rows and the clock, and not kept.

-- A version. Versions of one key replace each other; a text that was published never changes. `row_version` is that of the row, for forms.
CREATE TABLE agreement (
    id TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    version BIGINT NOT NULL,
    row_version BIGINT NOT NULL,
    stage TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    mandatory BIGINT NOT NULL,
    effective_us BIGINT NOT NULL,
    until_us BIGINT,
    created_at_us BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    published_at_us BIGINT,
    published_by TEXT,
    UNIQUE (key, version)
);
CREATE INDEX agreement_by_stage ON agreement (stage, mandatory, effective_us, id);

-- Whom a version is for: one of these identities or programs; without a row, every partner.
CREATE TABLE agreement_audience (
    agreement_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (agreement_id, kind, key)
);

-- A company's word: who gave it, when, from where, and the hash of what was accepted.
CREATE TABLE agreement_acceptance (
    tenant_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    person TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id)
);
CREATE INDEX agreement_acceptance_by_agreement ON agreement_acceptance (agreement_id, at_us, tenant_id);

-- What `verify` found, for operators.
CREATE TABLE verify_runs (
    id TEXT NOT NULL PRIMARY KEY,
    at_us BIGINT NOT NULL,
    took_us BIGINT NOT NULL,
    findings BIGINT NOT NULL,
    first_finding TEXT NOT NULL
);
CREATE INDEX verify_runs_by_time ON verify_runs (at_us, id);
