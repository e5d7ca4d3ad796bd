-- Customers and revenue by recency and frequency score.
SELECT r_score, f_score, count(*) AS customers, sum(spend_365d) AS revenue_365d,
       avg(m_score) AS mean_m_score
FROM customer_snapshot WHERE snapshot_date = :as_of AND r_score IS NOT NULL
GROUP BY r_score, f_score ORDER BY r_score, f_score
