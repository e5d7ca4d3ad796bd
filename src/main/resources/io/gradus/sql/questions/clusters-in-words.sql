-- title: What sets each cluster apart
-- 标题: 每个聚类的特点
-- answers: One row per cluster and feature that lies far from the mean of all customers.
-- parameter: min_distance decimal 1 (least distance from the mean in standard deviations)
SELECT cluster_key,
       cluster_name,
       customers,
       revenue,
       feature,
       CAST(z_score AS DECIMAL(9,2)) AS z_score
FROM cluster_profile
WHERE snapshot_date = (SELECT max(snapshot_date) FROM cluster_profile)
  AND abs(z_score) >= :min_distance
ORDER BY cluster_key, abs(z_score) DESC, feature
