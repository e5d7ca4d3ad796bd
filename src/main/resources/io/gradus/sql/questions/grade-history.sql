-- title: Which grades customers have had, and why they changed
-- 标题: 客户历次等级及变更原因
-- answers: One row per customer and grade in force, oldest first. % stands for any customer.
-- parameter: customer text % (customer id or pattern)
SELECT customer_id,
       valid_from,
       valid_to,
       previous_grade,
       grade,
       cause
FROM customer_grade_history
WHERE customer_id LIKE :customer
  AND restated_on IS NULL
ORDER BY customer_id, valid_from
