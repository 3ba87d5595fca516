-- Funds (domain.md F3): bank accounts that change under a code, and remittances that partners claim.

-- A change of a company's account that waits for its code: one for each person, a newer one takes its place. What was typed stays here and
-- stands in no address.
CREATE TABLE bank_account_changes (
    tenant_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    id TEXT NOT NULL,
    what TEXT NOT NULL,
    bank_account_id TEXT,
    version BIGINT NOT NULL,
    holder TEXT NOT NULL,
    bank TEXT NOT NULL,
    branch TEXT NOT NULL,
    number TEXT NOT NULL,
    prepared_at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, person_id)
);

-- A top-up may begin as the claim of a remittance: nothing of it is left, and nothing is posted, until it is credited. `account_id` is the
-- person who claimed it; what came without a claim has none.
ALTER TABLE top_ups ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE top_ups ADD COLUMN state TEXT NOT NULL DEFAULT 'credited';
ALTER TABLE top_ups ADD COLUMN entered_at_us BIGINT NOT NULL DEFAULT 0;
ALTER TABLE top_ups ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE top_ups ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE top_ups ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE top_ups ADD COLUMN account_id TEXT;
ALTER TABLE top_ups ADD COLUMN account_name TEXT NOT NULL DEFAULT '';
ALTER TABLE top_ups ADD COLUMN decided_at_us BIGINT;
ALTER TABLE top_ups ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
UPDATE top_ups SET entered_at_us = received_at_us;
CREATE INDEX top_ups_by_time ON top_ups (tenant_id, entered_at_us);
CREATE INDEX top_ups_by_day ON top_ups (entered_at_us);
CREATE INDEX top_ups_by_state ON top_ups (state, entered_at_us);
-- Two that are claimed at once have two numbers, and one line of the bank's is credited once.
CREATE UNIQUE INDEX top_ups_claimed ON top_ups (number) WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX top_ups_reference ON top_ups (entity_id, reference) WHERE reference <> '';

-- What a company has set about its funds. `is_below` is 1 from the message that the cash balance fell below the threshold until it is above.
CREATE TABLE fund_settings (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    alert_micros BIGINT,
    is_below BIGINT NOT NULL
);

DROP VIEW IF EXISTS v_money_state;
CREATE VIEW v_money_state AS
SELECT CAST('bill' AS TEXT) AS kind, id, tenant_id, state, version, due_micros AS amount FROM partner_bill
UNION ALL
SELECT CAST('withdrawal' AS TEXT), id, tenant_id, state, version, amount_micros FROM withdrawals
UNION ALL
SELECT CAST('top_up' AS TEXT), id, tenant_id, state, version, amount_micros FROM top_ups
UNION ALL
SELECT CAST('invoice' AS TEXT), id, tenant_id, state, version, amount_micros FROM invoice_requests;
