-- title: What lifetime value predicted and what came
-- 标题: 客户终身价值预测与实际对比
-- answers: One row per matured date and grade of then: mean margin per customer predicted for 12 months and what came.
SELECT predicted_on,
       group_value AS grade,
       customers,
       CAST(predicted AS DECIMAL(18,2)) AS predicted,
       CAST(actual AS DECIMAL(18,2)) AS actual,
       CAST(calibration AS DECIMAL(9,4)) AS calibration
FROM prediction_ledger
WHERE prediction = 'clv_12m_undiscounted'
  AND group_type = 'grade'
ORDER BY predicted_on, grade
