-- RFM segments, best first.
SELECT segment_rank, rfm_segment, rfm_segment_zh, customers, customer_share, revenue,
       revenue_share, mean_days_since_last, mean_purchases, mean_revenue
FROM rfm_segment_summary WHERE snapshot_date = :as_of ORDER BY segment_rank
