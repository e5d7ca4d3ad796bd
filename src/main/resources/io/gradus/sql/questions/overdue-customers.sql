-- title: Who should have bought by now
-- 标题: 谁早该再次购买
-- answers: One row per customer past the own rhythm, highest value first.
-- parameter: min_clv decimal 0 (least expected margin of 12 months)
SELECT customer_id,
       customer_name,
       owner,
       grade,
       days_since_last,
       CAST(overdue_ratio AS DECIMAL(9,2)) AS overdue_ratio,
       clv_12m
FROM customer_360
WHERE overdue_ratio > 1
  AND clv_12m >= :min_clv
ORDER BY clv_12m DESC, customer_id
