-- What people have typed into a long form and not sent yet; one per person and page.

CREATE TABLE form_drafts (
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    page TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant_id, account_id, page)
);
CREATE INDEX form_drafts_by_age ON form_drafts (at_us);
