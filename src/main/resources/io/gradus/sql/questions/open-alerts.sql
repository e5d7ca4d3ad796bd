-- title: What needs attention now
-- 标题: 目前需要关注的事项
-- answers: One row per alert that is neither closed nor expired, gravest first.
SELECT severity,
       type,
       subject,
       owner,
       state,
       opened_on,
       message_en,
       message_zh
FROM alert
WHERE state IN ('open', 'acknowledged')
ORDER BY CASE severity WHEN 'critical' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
         opened_on,
         alert_id
