-- title: How many customers and how much money each grade holds
-- 标题: 各等级的客户数与金额
-- answers: One row per grade of the newest date, all customers.
SELECT grade,
       customers,
       CAST(customer_share AS DECIMAL(9,4)) AS customer_share,
       revenue_365d,
       CAST(revenue_share AS DECIMAL(9,4)) AS revenue_share,
       clv_12m,
       revenue_at_risk
FROM grade_summary
WHERE scope_column = 'all'
  AND snapshot_date = (SELECT max(snapshot_date) FROM grade_summary)
ORDER BY grade
