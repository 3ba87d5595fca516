-- Funds (domain.md F3): bank accounts that change under a code.

-- A change of a company's account that waits for its code: one for each person, a newer one takes its place. What was typed stays here and
-- stands in no address.
CREATE TABLE bank_account_changes (
    tenant_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    id TEXT NOT NULL,
    what TEXT NOT NULL,
    bank_account_id TEXT,
    version INTEGER NOT NULL,
    holder TEXT NOT NULL,
    bank TEXT NOT NULL,
    branch TEXT NOT NULL,
    number TEXT NOT NULL,
    prepared_at_us INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, person_id)
);
