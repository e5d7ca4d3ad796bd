-- title: What the newest customers are worth so far
-- 标题: 新客户目前的价值
-- answers: One row per customer whose first purchase is not older than so many days.
-- parameter: days integer 90 (days since the first purchase)
SELECT customer_id,
       customer_name,
       grade,
       first_purchase_date,
       purchase_days,
       net_total,
       clv_12m
FROM customer_360
WHERE t <= :days
ORDER BY clv_12m DESC, customer_id
