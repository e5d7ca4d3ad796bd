-- title: What share of revenue the largest customers hold, date by date
-- 标题: 最大客户的收入占比及其趋势
-- answers: One row per as-of date: share of the largest customers in the revenue of 365 days.
-- parameter: top integer 10 (number of largest customers)
SELECT snapshot_date,
       sum(CASE WHEN place <= :top THEN spend_365d ELSE 0 END) AS top_revenue,
       sum(spend_365d) AS revenue,
       CAST(sum(CASE WHEN place <= :top THEN spend_365d ELSE 0 END) * 1.0
            / nullif(sum(spend_365d), 0) AS DECIMAL(9,4)) AS top_share
FROM (SELECT snapshot_date,
             spend_365d,
             row_number() OVER (PARTITION BY snapshot_date
                                ORDER BY spend_365d DESC, customer_id) AS place
      FROM customer_snapshot) ranked
GROUP BY snapshot_date
ORDER BY snapshot_date
