-- A sample of customers with revenue, those with the smallest hashes of their ids.
SELECT cluster_key, days_since_last, purchases_365d, spend_365d
FROM customer_snapshot
WHERE snapshot_date = :as_of AND cluster_key IS NOT NULL AND spend_365d > 0
  AND days_since_last IS NOT NULL
ORDER BY xxhash64(customer_id), customer_id LIMIT 900
