-- The first 2,000 by rank, and the 1,000 with most revenue at risk among those likely to leave.
WITH shown AS (
  SELECT rank, customer_id, customer_name, owner, grade, provisional, spend_365d, clv_12m,
         churn_probability, churn_band, revenue_at_risk, rfm_segment, rfm_segment_zh, lifecycle,
         reasons_en, reasons_zh, next_grade, next_step_en, next_step_zh, strategy_en, strategy_zh
  FROM customer_snapshot WHERE snapshot_date = :as_of)
SELECT * FROM (
  (SELECT * FROM shown ORDER BY rank NULLS LAST, customer_id LIMIT 2000)
  UNION
  (SELECT * FROM shown WHERE churn_band IN ('high', 'very_high')
   ORDER BY revenue_at_risk DESC NULLS LAST, customer_id LIMIT 1000))
ORDER BY rank NULLS LAST, customer_id
