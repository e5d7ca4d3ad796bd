-- title: How regions compare
-- 标题: 各地区对比
-- answers: One row per region: revenue, its share, growth against the year before, mean churn probability.
SELECT coalesce(region, 'unknown') AS region,
       count(*) AS customers,
       sum(spend_365d) AS revenue_365d,
       CAST(sum(spend_365d) * 1.0 / nullif(sum(sum(spend_365d)) OVER (), 0)
            AS DECIMAL(9,4)) AS revenue_share,
       sum(spend_730d - spend_365d) AS revenue_year_before,
       CAST(avg(churn_probability) AS DECIMAL(9,4)) AS mean_churn_probability
FROM customer_360
GROUP BY coalesce(region, 'unknown')
ORDER BY revenue_365d DESC, region
