-- title: Context that grows with every turn
-- claim: >-
--   In a session whose input grows turn by turn, what the history costs that is older than a number of turns: it is sent
--   again with each call, so the cost of the session grows with the square of its length. Priced as cached where it
--   was read from the cache.
-- fix: Send the last turns and a summary of the older ones; start a new session for a new subject.
-- grain: call
-- priority: 80
-- parameters:
--   keep_turns: {default: 6, description: "turns of history that are worth sending"}
--   min_input_tokens: {default: 2000, description: "input from which a context can be called large"}
--   min_growth: {default: 3, description: "how many times the first input a later one is"}
--   min_growing_share: {default: 0.8, description: "least share of the turns whose input is larger than the one before"}
WITH large AS (
    SELECT COALESCE(session_id, trace_id) AS session
    FROM calls
    WHERE input_tokens >= $min_input_tokens AND COALESCE(session_id, trace_id) IS NOT NULL
    GROUP BY COALESCE(session_id, trace_id)
),
turns AS (
    SELECT
        call_id,
        COALESCE(session_id, trace_id) AS session,
        COALESCE(provider, '') AS provider,
        model,
        time,
        input_tokens,
        COALESCE(cache_read, 0) AS cache_read
    FROM calls
    WHERE COALESCE(session_id, trace_id) IN (SELECT session FROM large) AND status = 'ok'
),
growing AS (
    SELECT
        *,
        FIRST_VALUE(input_tokens) OVER told AS first_input,
        LAG(input_tokens, $keep_turns) OVER told AS older_input,
        CASE WHEN input_tokens > LAG(input_tokens) OVER told THEN 1 ELSE 0 END AS grew
    FROM turns
    WINDOW told AS (PARTITION BY session ORDER BY time, call_id)
),
judged AS (
    SELECT
        *,
        older_input - first_input AS excess,
        SUM(grew) OVER whole AS growths,
        COUNT(*) OVER whole AS turns
    FROM growing
    WINDOW whole AS (PARTITION BY session)
),
excessive AS (
    SELECT
        judged.call_id,
        judged.session,
        CAST(judged.excess AS DECIMAL(12, 0)) AS excess,
        CAST(LEAST(judged.excess, judged.cache_read) AS DECIMAL(12, 0)) AS cached_excess,
        model_rates.input_usd,
        COALESCE(model_rates.cache_read_usd, model_rates.input_usd) AS cache_read_usd
    FROM judged
    INNER JOIN model_rates ON model_rates.provider = judged.provider AND model_rates.model = judged.model
    WHERE judged.excess > 0
        AND judged.input_tokens >= $min_input_tokens
        AND judged.input_tokens >= $min_growth * judged.first_input
        AND judged.growths >= $min_growing_share * (judged.turns - 1)
)
SELECT
    call_id,
    'oversized_context' AS detector,
    CAST((excess - cached_excess) * input_usd + cached_excess * cache_read_usd AS DECIMAL(28, 12)) AS wasted_usd,
    'history that was sent again' AS basis,
    session AS group_key,
    CAST(NULL AS BIGINT) AS related_call_id
FROM excessive
