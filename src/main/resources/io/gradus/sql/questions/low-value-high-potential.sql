-- title: Who buys little and could buy much
-- 标题: 现值低但潜力高的客户
-- answers: One row per customer below one score and above the other, largest unused wallet first.
-- parameter: max_value decimal 50 (value score below)
-- parameter: min_potential decimal 50 (potential score from)
SELECT customer_id,
       customer_name,
       owner,
       industry,
       spend_365d,
       wallet,
       headroom,
       strategy_en
FROM customer_360
WHERE value_score < :max_value
  AND potential_score >= :min_potential
ORDER BY headroom DESC, customer_id
