-- title: How much depends on the largest customers
-- 标题: 对最大客户的依赖程度
-- answers: One row per as-of date: concentration of revenue over customers and what their loss would cost.
SELECT snapshot_date,
       units AS customers,
       CAST(cr1 AS DECIMAL(9,4)) AS share_of_largest,
       CAST(cr5 AS DECIMAL(9,4)) AS share_of_five,
       CAST(cr5 - cr5_year_before AS DECIMAL(9,4)) AS change_in_a_year,
       CAST(gini AS DECIMAL(9,4)) AS gini,
       loss_of_1,
       loss_of_3
FROM concentration
WHERE scope_column = 'all'
  AND unit = 'customer'
ORDER BY snapshot_date
