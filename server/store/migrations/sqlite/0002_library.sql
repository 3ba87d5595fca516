-- The resource library (domain.md F1).

-- Few distinct audiences exist; a document names one, so that a page decides once which of them the reader belongs to.
CREATE TABLE library_audiences (
    id INTEGER NOT NULL PRIMARY KEY,
    identities TEXT NOT NULL,
    programs TEXT NOT NULL,
    UNIQUE (identities, programs)
);

CREATE TABLE library_documents (
    id TEXT NOT NULL PRIMARY KEY,
    no INTEGER NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    category TEXT NOT NULL,
    language TEXT NOT NULL,
    audience_id INTEGER NOT NULL,
    format TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    version_no INTEGER NOT NULL,
    what_changed TEXT NOT NULL,
    downloads INTEGER NOT NULL,
    created_at_us INTEGER NOT NULL,
    published_at_us INTEGER,
    updated_at_us INTEGER NOT NULL
);
CREATE INDEX library_documents_by_update ON library_documents (state, updated_at_us, id);
CREATE INDEX library_documents_by_category ON library_documents (state, category, updated_at_us, id);
CREATE INDEX library_documents_by_format ON library_documents (state, format, updated_at_us, id);
CREATE INDEX library_documents_by_title ON library_documents (state, title, id);
CREATE INDEX library_documents_by_size ON library_documents (state, size_bytes, id);
CREATE INDEX library_documents_by_downloads ON library_documents (state, downloads, id);

CREATE TABLE library_versions (
    document_id TEXT NOT NULL,
    no INTEGER NOT NULL,
    format TEXT NOT NULL,
    file_name TEXT NOT NULL,
    link TEXT,
    size_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    what_changed TEXT NOT NULL,
    open_to_partners INTEGER NOT NULL,
    text_state TEXT NOT NULL,
    text_note TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at_us INTEGER NOT NULL,
    PRIMARY KEY (document_id, no)
);
CREATE INDEX library_versions_by_file ON library_versions (sha256);
CREATE INDEX library_versions_by_text ON library_versions (text_state, added_at_us);

-- What the text inside a file says, for excerpts under a hit.
CREATE TABLE library_texts (
    document_id TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);

-- Words to search, prepared by domain::search: each CJK character stands alone. The row is the document's `no`; the text itself is
-- not kept a second time. PostgreSQL has the same words in its own table of this name (dialect.rs).
CREATE VIRTUAL TABLE library_search USING fts5 (
    title, summary, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

-- How many published documents there are per audience, category, format and language: the tree's counts and the total of an
-- unsearched list without counting a hundred thousand rows. Kept by every write that moves a document.
CREATE TABLE library_tally (
    audience_id INTEGER NOT NULL,
    category TEXT NOT NULL,
    format TEXT NOT NULL,
    language TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (audience_id, category, format, language)
);

CREATE TABLE library_downloads (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL,
    version_no INTEGER NOT NULL,
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at_us INTEGER NOT NULL
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
