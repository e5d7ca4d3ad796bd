-- Predictions that had come due by the date: the last 12 of each kind over all customers, and the
-- tenths of the newest churn prediction.
SELECT prediction, predicted_on, horizon_days, group_type, group_value, customers, predicted, actual,
       calibration, error, baseline_error
FROM (
  SELECT *, dense_rank() OVER (PARTITION BY prediction, horizon_days ORDER BY predicted_on DESC) AS age
  FROM prediction_ledger WHERE snapshot_date <= :as_of)
WHERE (group_type = 'all' AND age <= 12)
   OR (group_type = 'decile' AND prediction = 'churn_probability' AND age = 1)
ORDER BY prediction, predicted_on DESC, group_type, group_value
