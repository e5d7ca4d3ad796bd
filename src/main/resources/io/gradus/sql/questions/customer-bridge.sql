-- title: Where the buyers of a month came from and where they went
-- 标题: 每月买家的来去
-- answers: One row per month: new, returning and resurrected buyers, and those who stayed away.
SELECT month,
       sum(CASE WHEN movement = 'new' THEN customers ELSE 0 END) AS new,
       sum(CASE WHEN movement = 'returning' THEN customers ELSE 0 END) AS returning,
       sum(CASE WHEN movement = 'resurrected' THEN customers ELSE 0 END) AS resurrected,
       sum(CASE WHEN movement = 'dormant' THEN customers ELSE 0 END) AS dormant,
       sum(CASE WHEN movement <> 'dormant' THEN revenue ELSE 0 END) AS revenue
FROM lifecycle_bridge
GROUP BY month
ORDER BY month
