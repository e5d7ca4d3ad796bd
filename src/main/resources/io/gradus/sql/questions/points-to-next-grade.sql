-- title: Who is close to a better grade, and what would do it
-- 标题: 谁接近更高等级,差什么
-- answers: One row per customer within so many points, nearest first.
-- parameter: within decimal 5 (most points missing)
SELECT customer_id,
       customer_name,
       owner,
       grade,
       next_grade,
       CAST(points_to_next_grade AS DECIMAL(9,2)) AS points,
       next_step_en
FROM customer_360
WHERE points_to_next_grade <= :within
ORDER BY points_to_next_grade, customer_id
