-- The 15 customers with most revenue at risk among those likely to leave.
SELECT customer_id, customer_name, owner, grade, spend_365d, churn_probability, revenue_at_risk,
       churn_reasons_en, churn_reasons_zh
FROM customer_snapshot
WHERE snapshot_date = :as_of AND churn_band IN ('high', 'very_high') AND revenue_at_risk > 0
ORDER BY revenue_at_risk DESC, customer_id LIMIT 15
