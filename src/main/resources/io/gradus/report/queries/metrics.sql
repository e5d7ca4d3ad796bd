-- Figures of the models that the run used.
SELECT model, scope, metric, value, lower, upper, note
FROM model_metric WHERE run_id = :run ORDER BY model, scope, metric LIMIT 200
