-- title: What became of the source rows of the newest run
-- 标题: 最新一次运行中源数据的去向
-- answers: One row per disposition, rule and currency: rows and money.
SELECT r.disposition,
       r.reason,
       r.currency,
       r.rows,
       r.amount
FROM reconciliation r
WHERE r.snapshot_date = (SELECT max(snapshot_date) FROM reconciliation)
ORDER BY r.rows DESC, r.disposition, r.reason, r.currency
