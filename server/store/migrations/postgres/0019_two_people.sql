-- Two people of a company are needed for a withdrawal (maker-checker): one starts it, another one confirms it.
ALTER TABLE fund_settings ADD COLUMN two_people BIGINT NOT NULL DEFAULT 0;
