-- The resource library (domain.md F1).

-- Few distinct audiences exist; a document names one, so that a page decides once which of them the reader belongs to.
CREATE TABLE library_audiences (
    id BIGINT NOT NULL PRIMARY KEY,
    identities TEXT NOT NULL,
    programs TEXT NOT NULL,
    UNIQUE (identities, programs)
);

CREATE TABLE library_documents (
    id TEXT NOT NULL PRIMARY KEY,
    no BIGINT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    summary TEXT NOT NULL,
    category TEXT NOT NULL,
    language TEXT NOT NULL,
    audience_id BIGINT NOT NULL,
    format TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    version_no BIGINT NOT NULL,
    what_changed TEXT NOT NULL,
    downloads BIGINT NOT NULL,
    created_at_us BIGINT NOT NULL,
    published_at_us BIGINT,
    updated_at_us BIGINT NOT NULL
);
CREATE INDEX library_documents_by_update ON library_documents (state, updated_at_us, id);
CREATE INDEX library_documents_by_category ON library_documents (state, category, updated_at_us, id);
CREATE INDEX library_documents_by_format ON library_documents (state, format, updated_at_us, id);
CREATE INDEX library_documents_by_title ON library_documents (state, title, id);
CREATE INDEX library_documents_by_size ON library_documents (state, size_bytes, id);
CREATE INDEX library_documents_by_downloads ON library_documents (state, downloads, id);

CREATE TABLE library_versions (
    document_id TEXT NOT NULL,
    no BIGINT NOT NULL,
    format TEXT NOT NULL,
    file_name TEXT NOT NULL,
    link TEXT,
    size_bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    what_changed TEXT NOT NULL,
    open_to_partners BIGINT NOT NULL,
    text_state TEXT NOT NULL,
    text_note TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at_us BIGINT NOT NULL,
    PRIMARY KEY (document_id, no)
);
CREATE INDEX library_versions_by_file ON library_versions (sha256);
CREATE INDEX library_versions_by_text ON library_versions (text_state, added_at_us);

-- What the text inside a file says, for excerpts under a hit.
CREATE TABLE library_texts (
    document_id TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);

-- Words to search, prepared by domain::search: each CJK character stands alone. A text is cut into parts, because a tsvector knows the
-- place of its first 16,383 words only and phrases need places (dialect.rs). SQLite has an FTS5 table of this name.
CREATE TABLE library_search (
    no BIGINT NOT NULL,
    part BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (no, part)
);
CREATE INDEX library_search_by_words ON library_search USING GIN (words);

-- How many published documents there are per audience, category, format and language: the tree's counts and the total of an
-- unsearched list without counting a hundred thousand rows. Kept by every write that moves a document.
CREATE TABLE library_tally (
    audience_id BIGINT NOT NULL,
    category TEXT NOT NULL,
    format TEXT NOT NULL,
    language TEXT NOT NULL,
    documents BIGINT NOT NULL,
    PRIMARY KEY (audience_id, category, format, language)
);

CREATE TABLE library_downloads (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL,
    version_no BIGINT NOT NULL,
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at_us BIGINT NOT NULL
);
CREATE INDEX library_downloads_by_time ON library_downloads (at_us, id);
CREATE INDEX library_downloads_by_document ON library_downloads (document_id, at_us, id);
CREATE INDEX library_downloads_by_tenant ON library_downloads (tenant_id, at_us, id);

-- Staff of the ecosystem team shown on a partner's home (domain.md F0).
CREATE TABLE tenant_managers (
    tenant_id TEXT NOT NULL,
    part TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    PRIMARY KEY (tenant_id, part)
);
