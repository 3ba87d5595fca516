-- Who went on to another web site, and from which page (domain.md F16).
CREATE TABLE leave_clicks (
    id TEXT NOT NULL PRIMARY KEY,
    host TEXT NOT NULL,
    page TEXT NOT NULL,
    tenant_id TEXT,
    account_id TEXT,
    at_us BIGINT NOT NULL
);
CREATE INDEX leave_clicks_by_host ON leave_clicks (host, at_us, id);
