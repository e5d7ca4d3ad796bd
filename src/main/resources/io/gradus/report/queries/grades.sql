-- The structure by grade of the last 24 dates.
SELECT snapshot_date, grade, customers, customer_share, revenue_365d, revenue_share, clv_12m,
       headroom, revenue_at_risk, mean_churn_probability, provisional_share
FROM grade_summary
WHERE scope_column = 'all' AND snapshot_date IN
  (SELECT DISTINCT snapshot_date FROM grade_summary WHERE snapshot_date <= :as_of
   ORDER BY snapshot_date DESC LIMIT 24)
ORDER BY snapshot_date, grade
