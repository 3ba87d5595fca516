-- The ledger (domain.md 4.1): double entry, append-only, per partner and currency. Amounts are whole micros (10⁻⁶ of the unit).

-- An account of a partner's books. `tenant_id` is whose it is: the partner's, or the vendor's for the other ends. The balance is kept for
-- reading; the entries say what it must be, and `verify` compares.
CREATE TABLE ledger_accounts (
    id TEXT NOT NULL PRIMARY KEY,
    book_id TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    is_partners BIGINT NOT NULL,
    balance_micros BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    UNIQUE (book_id, currency, kind),
    CHECK (is_partners = 0 OR balance_micros >= 0)
);

-- What was posted for one event, numbered within the books of its partner and chained by hashes. `seq` numbers what changed the cash balance
-- of its currency (0: it did not), so that a page of the income and expense is a range of numbers.
CREATE TABLE ledger_transactions (
    tenant_id TEXT NOT NULL,
    no BIGINT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    movement TEXT NOT NULL,
    currency TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    cause_kind TEXT NOT NULL,
    cause_id TEXT NOT NULL,
    object TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    seq BIGINT NOT NULL,
    direction BIGINT NOT NULL,
    amount_micros BIGINT NOT NULL,
    balance_after_micros BIGINT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, no),
    UNIQUE (tenant_id, idempotency_key),
    UNIQUE (cause_kind, cause_id, movement)
);
CREATE UNIQUE INDEX ledger_transactions_by_seq ON ledger_transactions (tenant_id, currency, seq) WHERE direction > 0;
CREATE INDEX ledger_transactions_by_time ON ledger_transactions (tenant_id, currency, at_us, seq) WHERE direction > 0;
CREATE INDEX ledger_transactions_by_amount ON ledger_transactions (tenant_id, currency, amount_micros, seq) WHERE direction > 0;
CREATE INDEX ledger_transactions_by_movement ON ledger_transactions (tenant_id, currency, movement, seq) WHERE direction > 0;

-- What a transaction did to one account. The entries of a transaction sum to zero.
CREATE TABLE ledger_entries (
    account_id TEXT NOT NULL,
    no BIGINT NOT NULL,
    transaction_id TEXT NOT NULL,
    amount_micros BIGINT NOT NULL,
    balance_after_micros BIGINT NOT NULL,
    PRIMARY KEY (account_id, no)
);
CREATE INDEX ledger_entries_by_transaction ON ledger_entries (transaction_id);

CREATE VIEW v_ledger_entry AS
SELECT e.transaction_id AS txn_id, e.account_id, t.currency, e.amount_micros AS amount, t.at_us AS at, t.cause_kind, t.cause_id, t.idempotency_key
FROM ledger_entries e LEFT JOIN ledger_transactions t ON t.id = e.transaction_id;

CREATE VIEW v_account AS
SELECT id AS account_id, tenant_id, currency, balance_micros AS balance, balance_micros AS frozen FROM ledger_accounts WHERE kind = 'held'
UNION ALL
SELECT id, tenant_id, currency, balance_micros, 0 FROM ledger_accounts WHERE kind <> 'held';

-- Append-only, whoever asks: nothing posted is ever changed, and only a demo world, whose rows may be thrown away, is emptied.
CREATE FUNCTION ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' AND EXISTS (SELECT 1 FROM settings WHERE key = 'demo_world') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only';
END
$$;
CREATE TRIGGER ledger_entries_stay BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION ledger_stays();
CREATE TRIGGER ledger_transactions_stay BEFORE UPDATE OR DELETE ON ledger_transactions FOR EACH ROW EXECUTE FUNCTION ledger_stays();
CREATE TRIGGER ledger_entries_are_kept BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays();
CREATE TRIGGER ledger_transactions_are_kept BEFORE TRUNCATE ON ledger_transactions FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays();
