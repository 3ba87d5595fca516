-- The console reads the logs of all companies by time.
CREATE INDEX audit_by_time ON audit (at_us, tenant_id, seq);
