-- Invoices of the vendor to partners (domain.md F7). Amounts are whole micros. `content` is what stands on an invoice, as JSON: it is always
-- read as a whole, and requests keep a copy of it as it was.

-- One row for each partner: whoever asks for something of its invoices takes it first, so that of two at once the later one runs again.
CREATE TABLE invoice_turns (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    turns INTEGER NOT NULL
);

-- Whose title stands on invoices. `is_legacy` marks what is older than the rule of one valid information.
CREATE TABLE invoice_information (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    tab TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    content_no INTEGER NOT NULL,
    is_legacy INTEGER NOT NULL,
    made_at_us INTEGER NOT NULL,
    changed_at_us INTEGER,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX invoice_information_by_tab ON invoice_information (tenant_id, tab, made_at_us);

-- Every version that was valid once.
CREATE TABLE invoice_information_versions (
    tenant_id TEXT NOT NULL,
    information_id TEXT NOT NULL,
    no INTEGER NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (tenant_id, information_id, no)
);

-- What support is asked for: a further title with its proof, or a change that is not free. `used_by` is the information that a granted title
-- was used for.
CREATE TABLE invoice_reviews (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    tab TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    tax_no TEXT NOT NULL,
    information_id TEXT,
    content TEXT,
    reason TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_format TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    due_us INTEGER NOT NULL,
    note TEXT NOT NULL,
    decided_at_us INTEGER,
    decided_by TEXT NOT NULL,
    used_by TEXT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX invoice_reviews_by_state ON invoice_reviews (state, at_us);
CREATE INDEX invoice_reviews_by_file ON invoice_reviews (sha256) WHERE sha256 <> '';

-- A request for an invoice. `moved_at_us` is when it came to its state.
CREATE TABLE invoice_requests (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    named_by TEXT NOT NULL,
    first_period TEXT NOT NULL,
    last_period TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_micros INTEGER NOT NULL,
    tax_micros INTEGER NOT NULL,
    information_id TEXT NOT NULL,
    content_no INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    medium TEXT NOT NULL,
    content TEXT NOT NULL,
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    submitted_at_us INTEGER NOT NULL,
    due_us INTEGER NOT NULL,
    moved_at_us INTEGER NOT NULL,
    courier TEXT NOT NULL,
    reason TEXT NOT NULL,
    again_of TEXT,
    PRIMARY KEY (tenant_id, id),
    CHECK (amount_micros > 0)
);
CREATE INDEX invoice_requests_by_time ON invoice_requests (tenant_id, submitted_at_us);
CREATE INDEX invoice_requests_by_day ON invoice_requests (submitted_at_us);
CREATE INDEX invoice_requests_by_state ON invoice_requests (state, submitted_at_us);

-- Which periods a request covers, and how much of each.
CREATE TABLE invoice_request_parts (
    tenant_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    period TEXT NOT NULL,
    amount_micros INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, request_id, period),
    CHECK (amount_micros > 0)
);

-- An invoice that was issued for a request.
CREATE TABLE invoices (
    tenant_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_micros INTEGER NOT NULL,
    tax_micros INTEGER NOT NULL,
    issued_at_us INTEGER NOT NULL,
    issued_by TEXT NOT NULL,
    returned_at_us INTEGER,
    PRIMARY KEY (tenant_id, request_id)
);

-- What happened to a request; the number is the version of the request after it.
CREATE TABLE invoice_events (
    tenant_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    no INTEGER NOT NULL,
    step TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    person TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (tenant_id, request_id, no)
);

-- Where money stands, for outsiders (contract.md). A flow with a state of its own adds its rows here.
DROP VIEW IF EXISTS v_money_state;
CREATE VIEW v_money_state AS
SELECT CAST('bill' AS TEXT) AS kind, id, tenant_id, state, version, due_micros AS amount FROM partner_bill
UNION ALL
SELECT CAST('withdrawal' AS TEXT), id, tenant_id, state, version, amount_micros FROM withdrawals
UNION ALL
SELECT CAST('invoice' AS TEXT), id, tenant_id, state, version, amount_micros FROM invoice_requests;
