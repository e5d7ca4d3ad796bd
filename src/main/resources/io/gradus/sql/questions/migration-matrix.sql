-- title: How many customers and how much revenue moved between grades
-- 标题: 等级之间迁移的客户数与收入
-- answers: One row per pair of grades of the newest date.
SELECT from_grade,
       to_grade,
       direction,
       sum(customers) AS customers,
       sum(revenue_before) AS revenue_before,
       sum(revenue_365d) AS revenue_365d
FROM grade_migration
WHERE snapshot_date = (SELECT max(snapshot_date) FROM grade_migration)
GROUP BY from_grade, to_grade, direction
ORDER BY from_grade, to_grade
