-- Lifetime value of 12 months by half decades of money and by grade; NULL is a value below 1.
SELECT CASE WHEN clv_12m >= 1 THEN cast(floor(2 * log10(cast(clv_12m AS DOUBLE))) AS INT) END AS half_decade,
       grade, count(*) AS customers, sum(clv_12m) AS clv_12m
FROM customer_snapshot WHERE snapshot_date = :as_of AND lifecycle <> 'prospect'
GROUP BY 1, 2 ORDER BY 1, 2
