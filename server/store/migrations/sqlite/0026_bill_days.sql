-- What each day of a bill comes to, beside its products and customers: home draws how the month grows. Days are those of UTC+8, as their
-- number since 1970-01-01.
INSERT INTO partner_bill_sum (bill_id, axis, name, part, kind, lines, amount_micros, amount_rest)
SELECT bill_id, 'day', CAST((at_us + 28800000000) / 86400000000 AS TEXT), '', '', COUNT(*),
    CAST(SUM(amount_micros) AS BIGINT), CAST(SUM(amount_rest) AS BIGINT)
FROM partner_bill_line GROUP BY bill_id, (at_us + 28800000000) / 86400000000;
