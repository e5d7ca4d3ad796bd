-- title: How large each RFM segment is, month by month
-- 标题: 各 RFM 细分群体的月度规模
-- answers: One row per month and segment, at the last as-of date of the month.
SELECT s.snapshot_date,
       s.rfm_segment,
       s.customers,
       s.revenue
FROM rfm_segment_summary s
WHERE s.snapshot_date IN (SELECT max(snapshot_date)
                          FROM rfm_segment_summary
                          GROUP BY extract(YEAR FROM snapshot_date),
                                   extract(MONTH FROM snapshot_date))
ORDER BY s.snapshot_date, s.segment_rank, s.rfm_segment
