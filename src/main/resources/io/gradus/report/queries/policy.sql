-- The text of the policy that graded.
SELECT text FROM policy
WHERE (policy, version) IN (SELECT policy, version FROM policy_ruler WHERE snapshot_date = :as_of)
  AND snapshot_date <= :as_of
ORDER BY snapshot_date DESC LIMIT 1
