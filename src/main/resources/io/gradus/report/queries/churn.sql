-- Customers judged for churn by tenths of their probability and by band.
SELECT least(cast(floor(churn_probability * 10) AS INT), 9) AS tenth, churn_band,
       count(*) AS customers, sum(spend_365d) AS revenue_365d, sum(revenue_at_risk) AS revenue_at_risk
FROM customer_snapshot WHERE snapshot_date = :as_of AND churn_probability IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2
