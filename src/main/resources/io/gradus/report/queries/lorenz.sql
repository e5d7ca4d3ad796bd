-- Lorenz curve of revenue over all customers, smallest first.
SELECT point, customer_share, revenue_share
FROM lorenz_curve WHERE snapshot_date = :as_of AND scope_column = 'all' ORDER BY point
