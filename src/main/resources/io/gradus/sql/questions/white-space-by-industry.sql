-- title: Where the wallet not yet won is
-- 标题: 各行业尚未赢得的份额
-- answers: One row per industry: revenue, estimated wallet, headroom and the share won.
SELECT coalesce(industry, 'unknown') AS industry,
       count(*) AS customers,
       sum(spend_365d) AS revenue_365d,
       sum(wallet) AS wallet,
       sum(headroom) AS headroom,
       CAST(sum(spend_365d) * 1.0 / nullif(sum(wallet), 0) AS DECIMAL(9,4)) AS share_won
FROM customer_360
GROUP BY coalesce(industry, 'unknown')
ORDER BY headroom DESC, industry
