-- title: Retry storms
-- claim: What retries after failures cost where many prompts are retried at the same time, but for those that were answered.
-- fix: >-
--   Back off with jitter and honour Retry-After; stop sending when the provider refuses (a circuit breaker); one budget
--   of retries for all callers.
-- grain: call
-- priority: 20
-- parameters:
--   window_seconds: {default: 60, description: "length of the time windows that retries are counted in"}
--   min_retries: {default: 30, description: "retries in a window that make a storm"}
--   min_prompts: {default: 10, description: "prompts retried in a window that make a storm, rather than a loop"}
WITH retries AS (
    SELECT
        *,
        CAST(FLOOR(EPOCH(time) / $window_seconds) AS BIGINT) AS slot
    FROM attempts
    WHERE attempt > 1 AND NOT previous_answered
),
counted AS (
    SELECT
        *,
        COUNT(*) OVER together AS retries,
        SUM(CASE WHEN attempt = 2 THEN 1 ELSE 0 END) OVER together AS prompts
    FROM retries
    WINDOW together AS (PARTITION BY owner, slot)
)
SELECT
    call_id,
    'retry_storm' AS detector,
    COALESCE(cost_usd, 0) AS wasted_usd,
    'one of many retries at the same time' AS basis,
    CONCAT(owner, '@', CAST(slot AS VARCHAR)) AS group_key,
    kept_call_id AS related_call_id
FROM counted
WHERE retries >= $min_retries AND prompts >= $min_prompts AND call_id <> kept_call_id
