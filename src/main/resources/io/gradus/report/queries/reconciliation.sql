-- What became of every source row.
SELECT disposition, reason, currency, rows, amount
FROM reconciliation WHERE run_id = :run ORDER BY rows DESC, disposition, reason LIMIT 60
