-- Background work (architecture.md 5.6): a row is written with its cause, leased by a worker, and ends with what it did.

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    input TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at_us BIGINT NOT NULL,
    rest_until_us BIGINT NOT NULL,
    leased_by TEXT,
    leased_until_us BIGINT NOT NULL,
    begun_at_us BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    problem TEXT NOT NULL
);
CREATE INDEX jobs_by_due ON jobs (state, due_at_us, id);
CREATE INDEX jobs_by_tenant ON jobs (tenant_id, begun_at_us);

-- Work that comes again: when each kind is due next, by the business clock.
CREATE TABLE timers (
    name TEXT NOT NULL PRIMARY KEY,
    due_at_us BIGINT NOT NULL
);

-- Files of lists (domain.md F2).
CREATE TABLE export_tasks (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    query TEXT NOT NULL,
    language TEXT NOT NULL,
    filter TEXT NOT NULL,
    file_name TEXT NOT NULL,
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    made_at_us BIGINT NOT NULL,
    begun_at_us BIGINT,
    rows_done BIGINT NOT NULL,
    rows_total BIGINT NOT NULL,
    size_bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    manifest TEXT NOT NULL,
    expires_at_us BIGINT,
    problem TEXT,
    tries BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX export_tasks_by_time ON export_tasks (tenant_id, made_at_us, id);
CREATE INDEX export_tasks_by_state ON export_tasks (state, expires_at_us, id);
CREATE INDEX export_tasks_by_file ON export_tasks (sha256);
