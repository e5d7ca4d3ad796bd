-- title: What was known of a customer on a past day
-- 标题: 某一天客户的等级与已知情况
-- answers: One row per customer: the newest as-of date not after the day. % stands for any customer.
-- parameter: customer text % (customer id or pattern)
-- parameter: day date 2100-01-01 (the day)
SELECT customer_id,
       snapshot_date,
       grade,
       CAST(total_score AS DECIMAL(9,2)) AS total_score,
       spend_365d,
       clv_12m
FROM customer_snapshot
WHERE customer_id LIKE :customer
  AND snapshot_date = (SELECT max(snapshot_date)
                       FROM customer_snapshot
                       WHERE snapshot_date <= :day)
ORDER BY customer_id
