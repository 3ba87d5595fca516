-- What a person keeps of a list (ux.md section 1): named questions, columns, density, and the view that its bare address opens.

CREATE TABLE saved_views (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    shared BIGINT NOT NULL,
    made_at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX saved_views_by_list ON saved_views (tenant_id, list, made_at_us, id);

CREATE TABLE list_settings (
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    list TEXT NOT NULL,
    columns TEXT NOT NULL,
    density TEXT NOT NULL,
    default_view TEXT NOT NULL,
    PRIMARY KEY (tenant_id, account_id, list)
);
