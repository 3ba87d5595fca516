-- Partner bills (domain.md F2). Amounts of lines have up to 15 decimals: `_micros` is rounded down, `_rest` is what lies above, in 10⁻¹⁵ of the
-- unit. Sums of both columns are exact sums on either database.

-- A customer as bills name it.
CREATE TABLE bill_customers (
    tenant_id TEXT NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    manager TEXT NOT NULL,
    association TEXT NOT NULL,
    PRIMARY KEY (tenant_id, number)
);

CREATE TABLE partner_bill (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    no TEXT NOT NULL,
    period TEXT NOT NULL,
    currency TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    consumption_micros BIGINT NOT NULL,
    consumption_rest BIGINT NOT NULL,
    refunds_micros BIGINT NOT NULL,
    refunds_rest BIGINT NOT NULL,
    adjustments_micros BIGINT NOT NULL,
    adjustments_rest BIGINT NOT NULL,
    due_micros BIGINT NOT NULL,
    tax_micros BIGINT NOT NULL,
    paid_micros BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    made_at_us BIGINT NOT NULL,
    issues_at_us BIGINT,
    issued_at_us BIGINT,
    due_at_us BIGINT,
    PRIMARY KEY (tenant_id, period, currency),
    CHECK (paid_micros >= 0 AND paid_micros <= due_micros)
);
CREATE INDEX partner_bill_by_period ON partner_bill (period, id);
CREATE INDEX partner_bill_by_due ON partner_bill (due_micros, id);
CREATE INDEX partner_bill_by_state ON partner_bill (state, due_at_us, id);

-- What a bill is the sum of. `identity` is the hash of all that an imported row says: the same row comes in once.
CREATE TABLE partner_bill_line (
    bill_id TEXT NOT NULL,
    no BIGINT NOT NULL,
    tenant_id TEXT NOT NULL,
    identity TEXT NOT NULL,
    kind TEXT NOT NULL,
    customer TEXT NOT NULL,
    product TEXT NOT NULL,
    region TEXT NOT NULL,
    resource TEXT NOT NULL,
    resource_name TEXT NOT NULL,
    mode TEXT NOT NULL,
    reference TEXT NOT NULL,
    description TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    list_micros BIGINT NOT NULL,
    list_rest BIGINT NOT NULL,
    coupon_micros BIGINT NOT NULL,
    amount_micros BIGINT NOT NULL,
    amount_rest BIGINT NOT NULL,
    PRIMARY KEY (bill_id, no)
);
CREATE UNIQUE INDEX partner_bill_line_by_identity ON partner_bill_line (tenant_id, identity);
CREATE INDEX partner_bill_line_by_amount ON partner_bill_line (bill_id, amount_micros, amount_rest, no);

-- What the lines of a bill come to, by product and region and by customer: kept with the bill, so that its page reads no line.
CREATE TABLE partner_bill_sum (
    bill_id TEXT NOT NULL,
    axis TEXT NOT NULL,
    name TEXT NOT NULL,
    part TEXT NOT NULL,
    kind TEXT NOT NULL,
    lines BIGINT NOT NULL,
    amount_micros BIGINT NOT NULL,
    amount_rest BIGINT NOT NULL,
    PRIMARY KEY (bill_id, axis, name, part, kind)
);

CREATE TABLE bill_payment (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    bill_id TEXT NOT NULL,
    amount_micros BIGINT NOT NULL,
    account_name TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    transaction_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX bill_payment_by_bill ON bill_payment (bill_id, at_us, id);

-- Who has confirmed that files show customers masked.
CREATE TABLE bill_masking (
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, account_id)
);

-- What outsiders may read of objects that money hangs on (contract.md).
CREATE VIEW v_money_state AS SELECT 'bill' AS kind, id, tenant_id, state, version, due_micros AS amount FROM partner_bill;
