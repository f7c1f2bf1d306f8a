-- title: Work that could wait for a batch
-- claim: >-
--   What nightly and bulk work costs beyond the provider's batch price. Nightly: an operation that runs for the most part
--   at night, in many calls an hour. Bulk: very many calls of one operation by one user in an hour. Never sessions or chats.
-- fix: Send it through the provider's batch API (answers within 24 hours, usually for half the price).
-- grain: call
-- priority: 100
-- parameters:
--   night_from: {default: 22, description: "hour at which the night begins (UTC, unless utc_offset_hours)"}
--   night_to: {default: 6, description: "hour at which the night ends"}
--   utc_offset_hours: {default: 0, description: "hours that local time is ahead of UTC"}
--   min_calls: {default: 100, description: "calls of an operation in an hour that make nightly work"}
--   min_night_share: {default: 0.8, description: "least share of an operation's calls at night"}
--   min_bulk_calls: {default: 2000, description: "calls of one operation by one user in an hour that make bulk work"}
WITH waiting AS (
    SELECT
        call_id,
        COALESCE(project, team, '') AS owner,
        COALESCE(operation, task_type) AS work,
        user_id,
        COALESCE(provider, '') AS provider,
        model,
        CAST(FLOOR(EPOCH(time) / 3600) AS BIGINT) AS hour,
        input_uncached,
        output_tokens,
        cost_usd
    FROM calls
    WHERE NOT COALESCE(batch, FALSE)
        AND session_id IS NULL
        AND COALESCE(task_type, '') <> 'chat'
        AND COALESCE(operation, task_type) IS NOT NULL
        AND status = 'ok'
        AND cost_usd > 0
),
hours AS (
    SELECT
        owner,
        work,
        hour,
        CASE
            WHEN MOD(hour + $utc_offset_hours + 24, 24) >= $night_from OR MOD(hour + $utc_offset_hours + 24, 24) < $night_to
            THEN 1
            ELSE 0
        END AS night,
        COUNT(*) AS calls,
        COUNT(user_id) AS told_users,
        MIN(user_id) AS first_user,
        MAX(user_id) AS last_user
    FROM waiting
    GROUP BY owner, work, hour
),
judged AS (
    SELECT
        *,
        SUM(night * calls) OVER (PARTITION BY owner, work) AS night_calls,
        SUM(calls) OVER (PARTITION BY owner, work) AS all_calls
    FROM hours
),
bulky AS (
    SELECT
        *,
        CASE
            WHEN night = 1 AND calls >= $min_calls AND night_calls >= $min_night_share * all_calls THEN 'nightly'
            WHEN calls >= $min_bulk_calls AND told_users = calls AND first_user = last_user THEN 'bulk'
        END AS kind
    FROM judged
)
SELECT
    waiting.call_id,
    'batchable' AS detector,
    CAST(
        CAST(COALESCE(waiting.input_uncached, 0) AS DECIMAL(12, 0))
        * (model_rates.input_usd - model_rates.batch_input_usd)
        + CAST(COALESCE(waiting.output_tokens, 0) AS DECIMAL(12, 0))
        * (model_rates.output_usd - model_rates.batch_output_usd)
        AS DECIMAL(28, 12)
    ) AS wasted_usd,
    CONCAT(bulky.kind, ' work at the interactive price') AS basis,
    waiting.work AS group_key,
    CAST(NULL AS BIGINT) AS related_call_id
FROM waiting
INNER JOIN bulky
    ON bulky.owner = waiting.owner AND bulky.work = waiting.work AND bulky.hour = waiting.hour AND bulky.kind IS NOT NULL
INNER JOIN model_rates ON model_rates.provider = waiting.provider AND model_rates.model = waiting.model
WHERE model_rates.batch_input_usd < model_rates.input_usd AND model_rates.batch_output_usd <= model_rates.output_usd
