-- title: Where revenue meets credit risk
-- 标题: 信用风险敞口
-- answers: One row per customer with stopped credit or a credit risk from the limit on.
-- parameter: min_risk decimal 60 (least credit risk, 0 to 100)
SELECT customer_id,
       customer_name,
       owner,
       grade,
       credit_stop,
       CAST(credit_risk AS DECIMAL(9,1)) AS credit_risk,
       credit_limit,
       spend_365d
FROM customer_360
WHERE credit_stop
   OR credit_risk >= :min_risk
ORDER BY spend_365d DESC, customer_id
