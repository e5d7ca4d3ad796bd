-- Customers by the grade they had on the date before and the grade they have.
SELECT nullif(from_grade, 'none') AS from_grade, nullif(to_grade, 'none') AS to_grade,
       sum(customers) AS customers, sum(revenue_365d) AS revenue_365d
FROM grade_migration WHERE snapshot_date = :as_of
GROUP BY 1, 2 ORDER BY 1, 2
