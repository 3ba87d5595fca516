-- What outsiders may read of background work (contract.md).
CREATE VIEW v_job AS SELECT id, tenant_id, kind, state, tries FROM jobs;
