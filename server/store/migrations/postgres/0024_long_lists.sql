-- What makes the lists of money answer at a million rows as they do at ten thousand.

-- Lines of one product or one customer by their amounts, all by their time, and the few that are not consumption.
CREATE INDEX partner_bill_line_by_product ON partner_bill_line (bill_id, product, amount_micros, amount_rest, no);
CREATE INDEX partner_bill_line_by_customer ON partner_bill_line (bill_id, customer, amount_micros, amount_rest, no);
CREATE INDEX partner_bill_line_by_time ON partner_bill_line (bill_id, at_us, no);
CREATE INDEX partner_bill_line_by_kind ON partner_bill_line (bill_id, kind, amount_micros, amount_rest, no) WHERE kind <> 'consumption';

-- Income, or expense, in the order of time. Not the column itself but a sum with it: whoever asks for any direction would be led here, and sort all.
CREATE INDEX ledger_transactions_by_direction ON ledger_transactions (tenant_id, currency, (direction + 0), seq) WHERE direction > 0;

-- How many movements there are of each type and direction, so that nobody counts them. The database itself keeps it, whoever posts; it is no
-- part of a backup.
CREATE TABLE ledger_tally (
    tenant_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    movement TEXT NOT NULL,
    direction BIGINT NOT NULL,
    movements BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, currency, movement, direction)
);
-- Nothing may be posted between the count and the trigger.
LOCK TABLE ledger_transactions IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO ledger_tally (tenant_id, currency, movement, direction, movements)
SELECT tenant_id, currency, movement, direction, COUNT(*) FROM ledger_transactions WHERE direction > 0 GROUP BY tenant_id, currency, movement, direction;
CREATE FUNCTION ledger_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_tally AS tally (tenant_id, currency, movement, direction, movements)
    SELECT tenant_id, currency, movement, direction, COUNT(*) FROM posted WHERE direction > 0
    GROUP BY tenant_id, currency, movement, direction ORDER BY tenant_id, currency, movement, direction
    ON CONFLICT (tenant_id, currency, movement, direction) DO UPDATE SET movements = tally.movements + EXCLUDED.movements;
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_transactions_are_counted AFTER INSERT ON ledger_transactions
REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_counted();
