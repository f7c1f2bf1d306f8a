-- title: Models that cost many times others on the same task
-- claim: >-
--   Nothing: how good the answers are is not in the log. Calls that are surely too dear are claimed as model_overkill.
-- fix: Compare the answers of the two on your own examples (tollbar route shows candidates), and move what is as good.
-- grain: group
-- priority: 20
-- parameters:
--   min_ratio: {default: 5, description: "how many times the cheapest model's cost a call"}
--   min_calls: {default: 20, description: "calls of a model on a task that can be compared"}
WITH models AS (
    SELECT
        task_type,
        model,
        COUNT(*) AS calls,
        CAST(SUM(COALESCE(input_tokens, 0) + COALESCE(output_tokens, 0)) AS BIGINT) AS tokens,
        SUM(cost_usd) AS cost_usd,
        CAST(SUM(cost_usd) AS DOUBLE) / COUNT(*) AS per_call
    FROM calls
    WHERE status = 'ok' AND cost_usd > 0 AND task_type IS NOT NULL
    GROUP BY task_type, model
    HAVING COUNT(*) >= $min_calls
),
compared AS (
    SELECT
        *,
        FIRST_VALUE(model) OVER cheapest AS cheapest_model,
        FIRST_VALUE(per_call) OVER cheapest AS cheapest_per_call
    FROM models
    WINDOW cheapest AS (PARTITION BY task_type ORDER BY per_call, model)
)
SELECT
    CONCAT(task_type, ': ', model) AS group_key,
    calls,
    tokens,
    cost_usd,
    per_call / cheapest_per_call AS factor,
    CONCAT('the cheapest model on this task is ', cheapest_model) AS detail
FROM compared
WHERE per_call >= $min_ratio * cheapest_per_call
