-- 1 once a company was reminded of a bill that is to be paid soon (domain.md 4.5).
ALTER TABLE partner_bill ADD COLUMN is_reminded BIGINT NOT NULL DEFAULT 0;
