-- Stages of the run in their order.
SELECT position, stage, seconds, rows FROM run_stage WHERE run_id = :run ORDER BY position
