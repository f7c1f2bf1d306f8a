-- title: Prompts that had been answered already
-- claim: >-
--   What a call costs whose exact prompt the same model had answered a while before, whoever asked. Sampling several
--   answers on purpose looks the same; switch the detector off where that is done.
-- fix: Keep answers in a cache, by the hash of model, prompt and settings.
-- grain: call
-- priority: 60
-- parameters:
--   ttl_hours: {default: 24, description: "how long an answer stays good"}
--   min_calls: {default: 3, description: "calls with one prompt that are worth a cache"}
WITH asked AS (
    SELECT
        *,
        MAX(CASE WHEN answered THEN time END) OVER before AS answered_at,
        MIN(CASE WHEN answered THEN call_id END) OVER before AS answered_call_id,
        COUNT(*) OVER (PARTITION BY prompt_hash, model) AS calls
    FROM attempts
    WINDOW before AS (
        PARTITION BY prompt_hash, model ORDER BY time, call_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT
    call_id,
    'duplicate_calls' AS detector,
    COALESCE(cost_usd, 0) AS wasted_usd,
    'the same prompt had been answered' AS basis,
    CAST(prompt_hash AS VARCHAR) AS group_key,
    answered_call_id AS related_call_id
FROM asked
WHERE calls >= $min_calls AND answered AND answered_at >= time - INTERVAL '$ttl_hours' HOUR
