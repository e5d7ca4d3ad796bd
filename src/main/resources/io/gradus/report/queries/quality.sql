-- Checks of the run, failed and warning ones first.
SELECT check_name, value, bound, status, message_en, message_zh
FROM quality_result WHERE run_id = :run
ORDER BY CASE status WHEN 'fail' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, check_name
