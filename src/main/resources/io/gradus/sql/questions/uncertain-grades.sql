-- title: Which grades rest on little
-- 标题: 哪些等级依据不足
-- answers: One row per customer with a provisional grade or little of the policy known.
-- parameter: max_coverage decimal 0.5 (share of the weight that was known, below)
SELECT customer_id,
       grade,
       provisional,
       CAST(score_coverage AS DECIMAL(9,2)) AS score_coverage,
       CAST(robustness AS DECIMAL(9,2)) AS robustness,
       purchase_days,
       spend_365d
FROM customer_360
WHERE provisional
   OR score_coverage < :max_coverage
ORDER BY spend_365d DESC, customer_id
