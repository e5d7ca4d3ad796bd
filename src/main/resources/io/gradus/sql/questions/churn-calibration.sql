-- title: Whether predicted churn came true
-- 标题: 流失预测是否兑现
-- answers: One row per decile of the newest matured prediction: predicted against actual.
SELECT predicted_on,
       CAST(group_value AS INTEGER) AS decile,
       customers,
       CAST(predicted AS DECIMAL(9,4)) AS predicted,
       CAST(actual AS DECIMAL(9,4)) AS actual
FROM prediction_ledger
WHERE prediction = 'churn_probability'
  AND group_type = 'decile'
  AND predicted_on = (SELECT max(predicted_on)
                      FROM prediction_ledger
                      WHERE prediction = 'churn_probability')
ORDER BY decile
