-- title: What each owner looks after
-- 标题: 每位负责人的客户组合
-- answers: One row per owner: customers, top grade, revenue, expected margin and risk.
-- parameter: grade text A (grade that is counted apart)
SELECT coalesce(owner, 'nobody') AS owner,
       count(*) AS customers,
       sum(CASE WHEN grade = :grade THEN 1 ELSE 0 END) AS of_grade,
       sum(spend_365d) AS revenue_365d,
       sum(clv_12m) AS clv_12m,
       sum(revenue_at_risk) AS revenue_at_risk
FROM customer_360
GROUP BY coalesce(owner, 'nobody')
ORDER BY revenue_365d DESC, owner
