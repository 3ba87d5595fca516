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
    direction INTEGER NOT NULL,
    movements INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, currency, movement, direction)
) WITHOUT ROWID;
INSERT INTO ledger_tally (tenant_id, currency, movement, direction, movements)
SELECT tenant_id, currency, movement, direction, COUNT(*) FROM ledger_transactions WHERE direction > 0 GROUP BY tenant_id, currency, movement, direction;
CREATE TRIGGER ledger_transactions_are_counted AFTER INSERT ON ledger_transactions WHEN NEW.direction > 0
BEGIN
    INSERT INTO ledger_tally (tenant_id, currency, movement, direction, movements)
    VALUES (NEW.tenant_id, NEW.currency, NEW.movement, NEW.direction, 1)
    ON CONFLICT (tenant_id, currency, movement, direction) DO UPDATE SET movements = movements + 1;
END;
