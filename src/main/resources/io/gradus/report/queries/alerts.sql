-- Alerts that stood on the date, most urgent first.
SELECT severity, source, type, subject, state, owner, message_en, message_zh
FROM alert WHERE opened_on <= :as_of AND (ended_on IS NULL OR ended_on > :as_of)
ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, alert_id LIMIT 100
