-- Clusters with the mean of each feature, largest revenue first.
SELECT cluster_key, cluster_name, cluster_name_zh, customers, customer_share, revenue,
       revenue_share, feature, feature_mean, population_mean, z_score
FROM cluster_profile WHERE snapshot_date = :as_of ORDER BY revenue DESC, cluster_key, feature
