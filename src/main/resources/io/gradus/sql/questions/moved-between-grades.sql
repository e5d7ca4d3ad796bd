-- title: Who moved from one grade to another, and why
-- 标题: 谁从一个等级变到另一个等级,原因是什么
-- answers: One row per customer whose grade changed so since the date before; the four causes add up to the change of the score.
-- parameter: from_grade text A (grade before)
-- parameter: to_grade text B (grade now)
SELECT g.customer_id,
       c.customer_name,
       c.owner,
       g.score_after - g.score_before AS score_change,
       g.change_by_behaviour,
       g.change_by_correction,
       g.change_by_ruler,
       g.change_by_policy,
       c.spend_365d,
       c.reasons_en
FROM grade_change g
JOIN customer_360 c ON c.customer_id = g.customer_id
WHERE g.grade_before = :from_grade
  AND g.grade = :to_grade
ORDER BY c.spend_365d DESC, g.customer_id
