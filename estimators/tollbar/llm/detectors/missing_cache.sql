-- title: Repeated prefixes that are not cached
-- claim: >-
--   What the repeated beginning of prompts costs beyond its price from the provider's cache, less what writing it
--   costs, where calls follow one another before the cache forgets. Only where the provider sells caching, the log says
--   that nothing was read from it, and the shortest call is long enough to be cached at all.
-- fix: >-
--   Put what stays the same (instructions, tools, examples) first and byte for byte alike; on Anthropic mark it with
--   cache_control; on OpenAI pass a prompt_cache_key.
-- grain: call
-- priority: 90
-- parameters:
--   ttl_seconds: {default: 300, description: "how long the provider keeps a prefix; calls are counted in windows of that length"}
--   min_prefix_tokens: {default: 1024, description: "shortest prefix that providers cache"}
--   min_calls: {default: 3, description: "calls in a window that are worth a cache"}
WITH prefixed AS (
    SELECT
        calls.call_id,
        calls.prefix_hash,
        calls.model,
        model_rates.provider,
        CAST(FLOOR(EPOCH(calls.time) / $ttl_seconds) AS BIGINT) AS slot,
        LEAST(
            calls.input_tokens,
            CAST(FLOOR(calls.input_tokens * (CAST(calls.prefix_chars AS DOUBLE) / calls.prompt_chars)) AS BIGINT)
        ) AS prefix_tokens,
        model_rates.input_usd - model_rates.cache_read_usd AS saved_usd,
        GREATEST(COALESCE(model_rates.cache_write_usd, model_rates.input_usd) - model_rates.input_usd, 0) AS write_usd
    FROM calls
    INNER JOIN model_rates
        ON model_rates.provider = COALESCE(calls.provider, '') AND model_rates.model = calls.model
    WHERE calls.prefix_hash IS NOT NULL
        AND calls.prompt_chars > 0
        AND calls.cache_read = 0
        AND COALESCE(calls.cache_write_5m, 0) = 0
        AND COALESCE(calls.cache_write_1h, 0) = 0
        AND calls.status = 'ok'
        AND calls.input_tokens >= $min_prefix_tokens
        AND model_rates.cache_read_usd < model_rates.input_usd
),
windows AS (
    SELECT
        prefix_hash,
        provider,
        model,
        slot,
        COUNT(*) AS calls,
        MIN(call_id) AS first_call_id,
        MIN(prefix_tokens) AS prefix_tokens
    FROM prefixed
    GROUP BY prefix_hash, provider, model, slot
    HAVING COUNT(*) >= $min_calls AND MIN(prefix_tokens) >= $min_prefix_tokens
),
claimed AS (
    SELECT
        prefixed.call_id,
        prefixed.prefix_hash,
        windows.first_call_id,
        CAST(CAST(windows.prefix_tokens AS DECIMAL(12, 0)) * prefixed.saved_usd AS DECIMAL(28, 12))
        - CAST(
            CAST(CAST(windows.prefix_tokens AS DECIMAL(12, 0)) * prefixed.write_usd AS DOUBLE) / (windows.calls - 1)
            AS DECIMAL(28, 12)
        ) AS wasted_usd
    FROM prefixed
    INNER JOIN windows
        ON windows.prefix_hash = prefixed.prefix_hash
        AND windows.provider = prefixed.provider
        AND windows.model = prefixed.model
        AND windows.slot = prefixed.slot
    WHERE prefixed.call_id <> windows.first_call_id
)
SELECT
    call_id,
    'missing_cache' AS detector,
    wasted_usd,
    'its beginning could have come from the cache' AS basis,
    CAST(prefix_hash AS VARCHAR) AS group_key,
    first_call_id AS related_call_id
FROM claimed
WHERE wasted_usd > 0
