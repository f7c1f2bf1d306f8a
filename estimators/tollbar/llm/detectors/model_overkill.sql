-- title: Dear models for easy tasks
-- claim: >-
--   What a short call of an easy task costs beyond the same tokens at the cheapest capable model, its provider's own
--   where that has one. Dear is told by prices alone, against the list of capable models (llm/capable_models.yml).
-- fix: Send the task to the cheaper model; block the dear one for it in .github/crashlens.yml (disallowed_models).
-- grain: call
-- priority: 70
-- parameters:
--   max_input_tokens: {default: 500, description: "input up to which a task counts as small"}
--   min_ratio: {default: 5, description: "how many times the capable model's price a call costs"}
--   min_confidence: {default: 0.6, description: "least confidence in a task that was inferred"}
--   untold_max_input_tokens: {default: 0, description: "input up to which a call counts as easy whose task nobody told"}
--   any_provider: {default: false, description: "take the cheapest of all providers, not the own provider's"}
WITH ranked AS (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY task_type, provider ORDER BY 3 * input_usd + output_usd, model) AS own_rank,
        ROW_NUMBER() OVER (PARTITION BY task_type ORDER BY 3 * input_usd + output_usd, provider, model) AS any_rank
    FROM capable_models
),
tasked AS (
    SELECT
        *,
        CASE
            WHEN task_type IS NULL AND input_tokens <= $untold_max_input_tokens THEN 'basic_q_and_a'
            WHEN task_confidence >= $min_confidence THEN task_type
        END AS task
    FROM calls
    WHERE input_tokens <= $max_input_tokens AND status = 'ok' AND cost_usd > 0
),
small AS (
    SELECT
        calls.call_id,
        calls.task AS task_type,
        calls.model,
        calls.cost_usd,
        CAST(COALESCE(calls.input_tokens, 0) AS DECIMAL(12, 0)) AS input_tokens,
        CAST(COALESCE(calls.output_tokens, 0) - COALESCE(calls.reasoning, 0) AS DECIMAL(12, 0)) AS output_tokens,
        COALESCE(own.model, anyone.model) AS cheaper_model,
        COALESCE(own.input_usd, anyone.input_usd) AS input_usd,
        COALESCE(own.output_usd, anyone.output_usd) AS output_usd
    FROM tasked AS calls
    INNER JOIN ranked AS anyone ON anyone.task_type = calls.task AND anyone.any_rank = 1
    LEFT JOIN ranked AS own
        ON own.task_type = calls.task
        AND own.provider = calls.provider
        AND own.own_rank = 1
        AND NOT $any_provider
),
compared AS (
    SELECT *, input_tokens * input_usd + output_tokens * output_usd AS cheaper_usd
    FROM small
)
SELECT
    call_id,
    'model_overkill' AS detector,
    CAST(cost_usd - cheaper_usd AS DECIMAL(28, 12)) AS wasted_usd,
    CONCAT(model, ' where ', cheaper_model, ' would do') AS basis,
    CONCAT(task_type, ': ', model) AS group_key,
    CAST(NULL AS BIGINT) AS related_call_id
FROM compared
WHERE cost_usd >= $min_ratio * cheaper_usd AND model <> cheaper_model
