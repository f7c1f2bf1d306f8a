-- title: Fallback chains
-- claim: >-
--   One prompt sent to several models: what each answer beyond the first costs, and each failed attempt that was billed.
--   A fallback that answers after a failure is no waste.
-- fix: >-
--   Fall back only after a failure, and stop at the first answer; ask the model first that is good enough for the task.
-- grain: call
-- priority: 30
-- parameters: {}
SELECT
    call_id,
    'fallback_chain' AS detector,
    COALESCE(cost_usd, 0) AS wasted_usd,
    CASE
        WHEN NOT answered THEN 'failed before a fallback'
        WHEN cost_usd > kept_cost_usd THEN 'a dearer model after an answer'
        ELSE 'another model after an answer'
    END AS basis,
    CAST(chain_id AS VARCHAR) AS group_key,
    kept_call_id AS related_call_id
FROM attempts
WHERE several_models AND call_id <> kept_call_id AND (answered OR cost_usd > 0)
