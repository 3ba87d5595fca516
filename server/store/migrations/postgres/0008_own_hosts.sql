-- Hosts of the vendor itself: the way to them skips the notice (domain.md F16).
CREATE TABLE own_hosts (
    host TEXT NOT NULL PRIMARY KEY,
    account_name TEXT NOT NULL,
    at_us BIGINT NOT NULL
);
