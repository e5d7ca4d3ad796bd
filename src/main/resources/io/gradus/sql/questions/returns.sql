-- title: Who sends much back
-- 标题: 退货多的客户
-- answers: One row per customer whose refunds are at least that share of gross revenue.
-- parameter: min_rate decimal 0.1 (least refunds as a share of gross revenue)
SELECT customer_id,
       customer_name,
       grade,
       gross_total,
       refund_total,
       CAST(return_rate AS DECIMAL(9,4)) AS return_rate
FROM customer_360
WHERE return_rate >= :min_rate
ORDER BY refund_total, customer_id
