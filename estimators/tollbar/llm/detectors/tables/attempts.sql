-- title: Calls whose prompt was sent more than once
-- claim: >-
--   Nothing; what retries, fallbacks and duplicates are read from. Calls belong together (a chain) that one asker sends
--   with the same prompt, each within a while of the one before. A prompt that is only nearly the same (digits, ids,
--   white space) belongs to it in the same trace or session, or after a failure. An answer without a token is a failure,
--   but for models that never write any (embeddings).
-- fix: none
-- priority: 1
-- parameters:
--   window_seconds: {default: 300, description: "longest pause between two attempts"}
--   near_same: {default: true, description: "whether nearly the same prompts count, within a trace or after a failure"}
WITH writers AS (
    SELECT model
    FROM calls
    WHERE output_tokens > 0
    GROUP BY model
),
repeated AS (
    SELECT near_hash
    FROM calls
    WHERE near_hash IS NOT NULL
    GROUP BY near_hash
    HAVING COUNT(*) > 1
),
asked AS (
    SELECT
        call_id,
        near_hash,
        prompt_hash,
        COALESCE(user_id, '') AS asker,
        COALESCE(project, team, '') AS owner,
        time,
        model,
        COALESCE(session_id, trace_id) AS session,
        cost_usd,
        COALESCE(status, 'ok') = 'ok' AND COALESCE(finish_reason, 'stop') IN ('length', 'max_tokens') AS cut,
        COALESCE(status, 'ok') = 'ok'
        AND COALESCE(finish_reason, 'stop') NOT IN ('length', 'max_tokens')
        AND NOT (COALESCE(output_tokens, 1) = 0 AND model IN (SELECT model FROM writers)) AS answered
    FROM calls
    WHERE near_hash IN (SELECT near_hash FROM repeated) AND NOT COALESCE(cached_response, FALSE)
),
following AS (
    SELECT
        *,
        LAG(time) OVER sent AS previous_time,
        LAG(answered) OVER sent AS previous_answered,
        LAG(prompt_hash) OVER sent AS previous_prompt_hash,
        LAG(session) OVER sent AS previous_session
    FROM asked
    WINDOW sent AS (PARTITION BY near_hash, asker, owner ORDER BY time, call_id)
),
chained AS (
    SELECT
        *,
        SUM(
            CASE
                WHEN time <= previous_time + INTERVAL '$window_seconds' SECOND
                    AND (
                        prompt_hash = previous_prompt_hash
                        OR ($near_same AND (session = previous_session OR NOT previous_answered))
                    )
                THEN 0
                ELSE 1
            END
        ) OVER (PARTITION BY near_hash, asker, owner ORDER BY time, call_id) AS chain
    FROM following
)
SELECT
    call_id,
    prompt_hash,
    owner,
    time,
    model,
    cost_usd,
    cut,
    answered,
    previous_answered,
    ROW_NUMBER() OVER sent AS attempt,
    MIN(call_id) OVER attempts AS chain_id,
    MIN(model) OVER attempts <> MAX(model) OVER attempts AS several_models,
    COUNT(*) OVER (PARTITION BY near_hash, asker, owner, chain, model) AS attempts_of_model,
    FIRST_VALUE(call_id) OVER best AS kept_call_id,
    FIRST_VALUE(cost_usd) OVER best AS kept_cost_usd
FROM chained
WINDOW
    attempts AS (PARTITION BY near_hash, asker, owner, chain),
    sent AS (PARTITION BY near_hash, asker, owner, chain ORDER BY time, call_id),
    best AS (
        PARTITION BY near_hash, asker, owner, chain
        ORDER BY CASE WHEN answered THEN 0 ELSE 1 END, time, call_id
    )
