-- title: Who was lost, and what they had bought the year before
-- 标题: 流失客户及其上一年的购买额
-- answers: One row per lapsed customer with the revenue that stopped.
SELECT customer_id,
       customer_name,
       owner,
       last_purchase_date,
       spend_730d - spend_365d AS revenue_year_before,
       spend_365d AS revenue_365d
FROM customer_360
WHERE lifecycle = 'lapsed'
ORDER BY revenue_year_before DESC, customer_id
