-- title: Which accounts miss key-account status by one gate
-- 标题: 哪些客户只差一项就成为重点客户
-- answers: One row per account that fails exactly one gate, with the gate.
SELECT k.account_id,
       k.account_tier,
       k.gate,
       CAST(k.gate_value AS DECIMAL(18,2)) AS gate_value,
       CAST(k.gate_limit AS DECIMAL(18,2)) AS gate_limit
FROM key_account k
JOIN (SELECT account_id
      FROM key_account
      WHERE snapshot_date = (SELECT max(snapshot_date) FROM key_account)
      GROUP BY account_id
      HAVING sum(CASE WHEN gate_passed THEN 0 ELSE 1 END) = 1) nearly
  ON nearly.account_id = k.account_id
WHERE k.snapshot_date = (SELECT max(snapshot_date) FROM key_account)
  AND NOT k.gate_passed
ORDER BY k.account_id
