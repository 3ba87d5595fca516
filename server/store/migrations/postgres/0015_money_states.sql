-- What outsiders may read of objects that money hangs on (contract.md): bills and withdrawals.
DROP VIEW v_money_state;
CREATE VIEW v_money_state AS
SELECT 'bill' AS kind, id, tenant_id, state, version, due_micros AS amount FROM partner_bill
UNION ALL
SELECT 'withdrawal', id, tenant_id, state, version, amount_micros FROM withdrawals;
