-- title: Which owners may lose top customers, with the money at risk
-- 标题: 哪些负责人可能流失重要客户及其风险金额
-- answers: One row per owner: customers of the grade at or above the churn probability.
-- parameter: grade text A (grade of the customers)
-- parameter: min_probability decimal 0.5 (least churn probability)
SELECT owner,
       count(*) AS customers,
       sum(revenue_at_risk) AS revenue_at_risk,
       sum(spend_365d) AS revenue_365d
FROM customer_360
WHERE grade = :grade
  AND churn_probability >= :min_probability
GROUP BY owner
ORDER BY revenue_at_risk DESC, owner
