-- The days on which what a document says holds (domain.md F1), each as the moment at which it begins; none is an open end.
ALTER TABLE library_documents ADD COLUMN effective_from_us BIGINT;
ALTER TABLE library_documents ADD COLUMN effective_until_us BIGINT;
