-- Files that come along with something (domain.md F2, F3, F7): one for each object of a kind. They live among the files by their hash.
CREATE TABLE attachments (
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (kind, object_id)
);
CREATE INDEX attachments_by_file ON attachments (sha256);

-- Proofs of titles were the first of them, in columns of their own, which go with a later release.
INSERT INTO attachments (kind, object_id, tenant_id, file_name, format, size_bytes, sha256, at_us)
SELECT 'title', id, tenant_id, file_name, file_format, size_bytes, sha256, at_us FROM invoice_reviews WHERE sha256 <> '';

-- Every content that a row names: a file that is not in here may go.
CREATE VIEW v_kept_content AS
SELECT sha256, size_bytes FROM library_versions WHERE link IS NULL
UNION ALL
SELECT sha256, size_bytes FROM attachments;
