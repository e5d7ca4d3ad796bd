-- title: Which top customers are about to leave, and what speaks for it
-- 标题: 哪些重要客户即将流失及原因
-- answers: One row per customer, most money at risk first.
-- parameter: grade text A (grade of the customers)
-- parameter: min_probability decimal 0.5 (least churn probability)
SELECT customer_id,
       customer_name,
       owner,
       CAST(churn_probability AS DECIMAL(9,4)) AS churn_probability,
       revenue_at_risk,
       days_since_last,
       expected_next_purchase_date,
       churn_reasons_en
FROM customer_360
WHERE grade = :grade
  AND churn_probability >= :min_probability
ORDER BY revenue_at_risk DESC, customer_id
