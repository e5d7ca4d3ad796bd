-- The run that the report is about.
SELECT run_id, snapshot_date, started_at, seconds, code_version, input_files, input_rows, customers,
       manifest_hash, settings_hash, policy_hash
FROM run WHERE run_id = :run
