-- title: Which indicators lift or lower a score
-- 标题: 哪些指标抬高或拉低得分
-- answers: One row per indicator of the customer: points above or below the median customer.
-- parameter: customer text % (customer id or pattern)
SELECT customer_id,
       indicator,
       dimension,
       CAST(indicator_value AS DECIMAL(18,2)) AS indicator_value,
       contribution
FROM score_contribution
WHERE customer_id LIKE :customer
ORDER BY customer_id, contribution DESC, indicator
