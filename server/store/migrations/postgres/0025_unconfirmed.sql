-- A request begins with a colleague where two people are needed, and until it is confirmed the vendor knows nothing of it: also when it was
-- cancelled before that. What was cancelled earlier stays where it was: nobody noted whether it had been confirmed.
ALTER TABLE withdrawals ADD COLUMN unconfirmed BIGINT NOT NULL DEFAULT 0;
UPDATE withdrawals SET unconfirmed = 1 WHERE state = 'partner_review';
