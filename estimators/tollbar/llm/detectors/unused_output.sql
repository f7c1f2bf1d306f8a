-- title: Output limits far above what is used
-- claim: >-
--   Nothing, as only what is written is billed; but the limit is what a runaway answer may cost, and what budgets reserve.
-- fix: Set max_tokens to what the longest useful answer takes, with some room.
-- grain: group
-- priority: 10
-- parameters:
--   min_limit: {default: 2048, description: "limit from which it can be too high"}
--   min_ratio: {default: 10, description: "how many times the longest answer the limit is"}
--   min_calls: {default: 20, description: "calls that make a pattern"}
SELECT
    CONCAT(COALESCE(operation, task_type, 'calls'), ': ', model) AS group_key,
    COUNT(*) AS calls,
    CAST(SUM(COALESCE(input_tokens, 0) + COALESCE(output_tokens, 0)) AS BIGINT) AS tokens,
    SUM(cost_usd) AS cost_usd,
    CAST(MIN(max_output_tokens) AS DOUBLE) / GREATEST(MAX(output_tokens), 1) AS factor,
    CONCAT(
        'a limit of ', CAST(MIN(max_output_tokens) AS VARCHAR), ' tokens or more; the longest answer had ',
        CAST(MAX(output_tokens) AS VARCHAR)
    ) AS detail
FROM calls
WHERE max_output_tokens >= $min_limit AND status = 'ok' AND output_tokens IS NOT NULL
GROUP BY COALESCE(operation, task_type, 'calls'), model
HAVING COUNT(*) >= $min_calls AND MIN(max_output_tokens) >= $min_ratio * MAX(output_tokens)
