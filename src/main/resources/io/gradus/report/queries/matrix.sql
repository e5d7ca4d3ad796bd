-- Customers and revenue by cell of the value–potential matrix.
SELECT matrix_cell, customers, revenue_365d FROM matrix_summary WHERE snapshot_date = :as_of
