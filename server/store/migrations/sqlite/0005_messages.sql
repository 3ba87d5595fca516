-- Messages (domain.md 4.5): rows of persons, how they want to be told, and mail that waits for its time and its server.

CREATE TABLE messages (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    cause TEXT NOT NULL,
    notice TEXT NOT NULL,
    in_app INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    read_at_us INTEGER,
    mail_id TEXT,
    PRIMARY KEY (tenant_id, id)
);
-- One message per event and person.
CREATE UNIQUE INDEX messages_by_cause ON messages (account_id, cause);
CREATE INDEX messages_by_time ON messages (tenant_id, account_id, at_us, id);
CREATE INDEX messages_unread ON messages (tenant_id, account_id, topic) WHERE read_at_us IS NULL AND in_app = 1;
CREATE INDEX messages_by_mail ON messages (mail_id, at_us, id) WHERE mail_id IS NOT NULL;
CREATE INDEX messages_by_age ON messages (at_us, id);

-- What a person has chosen; a topic without a row is as usual.
CREATE TABLE message_preferences (
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    in_app INTEGER NOT NULL,
    mail INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, account_id, topic)
);

-- Devices that an account was used on, by the hash of what the browser calls itself without its versions.
CREATE TABLE account_devices (
    account_id TEXT NOT NULL,
    device_hash TEXT NOT NULL,
    seen_at_us INTEGER NOT NULL,
    PRIMARY KEY (account_id, device_hash)
);

-- The language a person reads, for what is sent to them.
ALTER TABLE accounts ADD COLUMN language TEXT NOT NULL DEFAULT 'zh';

-- Mail of messages (account_id is set) is put together again until it goes. When it is due follows the business clock; rest and lease
-- follow the system's.
ALTER TABLE outbox ADD COLUMN account_id TEXT;
ALTER TABLE outbox ADD COLUMN language TEXT NOT NULL DEFAULT 'zh';
ALTER TABLE outbox ADD COLUMN due_at_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN rest_until_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN leased_by TEXT;
ALTER TABLE outbox ADD COLUMN leased_until_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN problem TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN ended_at_us INTEGER;
CREATE INDEX outbox_by_due ON outbox (state, due_at_us, seq);
CREATE INDEX outbox_by_account ON outbox (account_id, state) WHERE account_id IS NOT NULL;
