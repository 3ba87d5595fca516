-- Numbers of bank accounts are sealed (threats.md 24): the column that held one holds it sealed, and beside it are its last digits for who
-- reads and a print for what is compared. What is plain still is sealed when a server starts; an older program goes on with what it finds.
ALTER TABLE bank_accounts ADD COLUMN number_tail TEXT NOT NULL DEFAULT '';
ALTER TABLE bank_accounts ADD COLUMN number_print TEXT NOT NULL DEFAULT '';
ALTER TABLE bank_account_changes ADD COLUMN number_tail TEXT NOT NULL DEFAULT '';
ALTER TABLE bank_account_changes ADD COLUMN number_print TEXT NOT NULL DEFAULT '';
ALTER TABLE top_ups ADD COLUMN account_tail TEXT NOT NULL DEFAULT '';
ALTER TABLE top_ups ADD COLUMN account_print TEXT NOT NULL DEFAULT '';
ALTER TABLE withdrawals ADD COLUMN account_tail TEXT NOT NULL DEFAULT '';
ALTER TABLE withdrawals ADD COLUMN account_print TEXT NOT NULL DEFAULT '';
-- What is still plain in the tables that grow: nearly nothing, nearly always.
CREATE INDEX top_ups_plain ON top_ups (tenant_id, id) WHERE account_tail = '' AND account_number <> '';
CREATE INDEX withdrawals_plain ON withdrawals (tenant_id, id) WHERE account_tail = '' AND account_number <> '';
