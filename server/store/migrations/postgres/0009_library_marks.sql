-- What a person marked in the library: favourites, and documents whose changes they want to be told of (domain.md F1).
CREATE TABLE library_marks (
    account_id TEXT NOT NULL,
    mark TEXT NOT NULL,
    document_id TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (account_id, mark, document_id)
);
CREATE INDEX library_marks_by_document ON library_marks (document_id, mark, account_id);
CREATE INDEX library_downloads_by_account ON library_downloads (account_id, document_id, at_us);
