-- Withdrawals (domain.md F3). Amounts are whole micros, days the moment at which they begin. What is held, given back and paid stands in the
-- ledger; here is what people see of it and who did what.

-- A company's own accounts, to which money can go. A request keeps a copy of the one it was handed in with.
CREATE TABLE bank_accounts (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    holder TEXT NOT NULL,
    bank TEXT NOT NULL,
    branch TEXT NOT NULL,
    number TEXT NOT NULL,
    changed_at_us BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- For how many months money goes back the way it came, per contracting entity and channel.
CREATE TABLE path_windows (
    entity_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    months BIGINT NOT NULL,
    PRIMARY KEY (entity_id, channel)
);

-- What came in, from where, and how much of it can still go back that way.
CREATE TABLE top_ups (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_micros BIGINT NOT NULL,
    left_micros BIGINT NOT NULL,
    bonus_micros BIGINT NOT NULL,
    received_at_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    holder TEXT NOT NULL,
    bank TEXT NOT NULL,
    branch TEXT NOT NULL,
    account_number TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK (left_micros >= 0 AND left_micros <= amount_micros)
);
CREATE INDEX top_ups_left ON top_ups (tenant_id, received_at_us) WHERE left_micros > 0;
CREATE INDEX top_ups_over ON top_ups (until_us) WHERE left_micros > 0;

-- A request. `first_approver` is set while one of two people has approved it, and stays.
CREATE TABLE withdrawals (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    fund TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_micros BIGINT NOT NULL,
    holder TEXT NOT NULL,
    bank TEXT NOT NULL,
    branch TEXT NOT NULL,
    account_number TEXT NOT NULL,
    account_changed_us BIGINT NOT NULL,
    note TEXT NOT NULL,
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    submitted_at_us BIGINT NOT NULL,
    due_us BIGINT NOT NULL,
    promised_us BIGINT NOT NULL,
    first_approver TEXT,
    approved_at_us BIGINT,
    ended_at_us BIGINT,
    reference TEXT NOT NULL,
    reason TEXT NOT NULL,
    again_of TEXT,
    PRIMARY KEY (tenant_id, id),
    CHECK (amount_micros > 0)
);
CREATE INDEX withdrawals_by_time ON withdrawals (tenant_id, submitted_at_us);
CREATE INDEX withdrawals_by_day ON withdrawals (submitted_at_us);
CREATE INDEX withdrawals_by_state ON withdrawals (state, submitted_at_us);

-- The top-ups that a request goes back through, in the order they were taken.
CREATE TABLE withdrawal_sources (
    tenant_id TEXT NOT NULL,
    withdrawal_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    top_up_id TEXT NOT NULL,
    amount_micros BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, withdrawal_id, place)
);

-- What happened to a request; the number is the version of the request after it.
CREATE TABLE withdrawal_events (
    tenant_id TEXT NOT NULL,
    withdrawal_id TEXT NOT NULL,
    no BIGINT NOT NULL,
    step TEXT NOT NULL,
    is_first_of_two BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    account_id TEXT NOT NULL,
    person TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (tenant_id, withdrawal_id, no)
);

-- Where money stands, for outsiders (contract.md). A flow with a state of its own adds its rows here.
DROP VIEW IF EXISTS v_money_state;
CREATE VIEW v_money_state AS
SELECT CAST('bill' AS TEXT) AS kind, id, tenant_id, state, version, due_micros AS amount FROM partner_bill
UNION ALL
SELECT CAST('withdrawal' AS TEXT), id, tenant_id, state, version, amount_micros FROM withdrawals;
