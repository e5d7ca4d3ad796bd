-- title: Which grades were set by hand, and until when
-- 标题: 哪些等级是人工设定的,到何时为止
-- answers: One row per override in force, the next to end first.
SELECT customer_id,
       grade_system,
       override_grade,
       override_author,
       override_reason,
       override_until
FROM customer_360
WHERE override_grade IS NOT NULL
ORDER BY override_until, customer_id
