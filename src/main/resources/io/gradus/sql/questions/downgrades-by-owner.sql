-- title: Whose customers fell, and how much revenue they stand for
-- 标题: 谁的客户降级了,涉及多少收入
-- answers: One row per owner: customers graded lower than on the date before. Grades sort from best (A) to last.
SELECT c.owner,
       count(*) AS customers,
       sum(c.spend_365d) AS revenue_365d
FROM grade_change g
JOIN customer_360 c ON c.customer_id = g.customer_id
WHERE g.grade > g.grade_before
GROUP BY c.owner
ORDER BY revenue_365d DESC, c.owner
