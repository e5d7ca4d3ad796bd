-- How much revenue depends on few customers.
SELECT units, gini, hhi, effective_number, cr1, cr5, cr10, cr20, above_10_percent,
       loss_of_1, loss_of_3, loss_of_5, expected_loss
FROM concentration WHERE snapshot_date = :as_of AND scope_column = 'all' AND unit = 'customer'
