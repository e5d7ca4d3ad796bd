-- title: How the grades grow or shrink from date to date
-- 标题: 各等级人数随日期的变化
-- answers: One row per as-of date and grade with the change since the date before.
SELECT snapshot_date,
       grade,
       customers,
       customers - lag(customers) OVER (PARTITION BY grade ORDER BY snapshot_date) AS change
FROM grade_summary
WHERE scope_column = 'all'
ORDER BY snapshot_date, grade
