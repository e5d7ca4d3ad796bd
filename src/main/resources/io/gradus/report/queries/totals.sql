-- Headline figures of the date and of the one before; prospects are no customers yet.
SELECT snapshot_date,
       count_if(lifecycle <> 'prospect') AS customers,
       count_if(spend_365d > 0) AS active_customers,
       sum(spend_365d) AS revenue_365d,
       sum(clv_12m) AS clv_12m,
       sum(clv_36m) AS clv_36m,
       sum(revenue_at_risk) AS revenue_at_risk,
       avg(churn_probability) AS mean_churn_probability,
       max(churn_horizon_days) AS churn_horizon_days,
       count_if(provisional AND lifecycle <> 'prospect') AS provisional,
       min(currency) AS currency
FROM customer_snapshot WHERE snapshot_date IN (:as_of, :previous)
GROUP BY snapshot_date ORDER BY snapshot_date DESC
