-- title: Retry loops
-- claim: >-
--   What all attempts cost but the first that was answered (the first of all where none was), when one prompt goes to
--   the same model again and again. Other calls in between, and new trace ids, do not hide them.
-- fix: >-
--   Cap the retries (max_retries: 3 in .github/crashlens.yml), back off exponentially, and keep the first good answer.
-- grain: call
-- priority: 10
-- parameters:
--   min_attempts: {default: 4, description: "attempts that make a loop; the SDKs of OpenAI and Anthropic send up to 3 by themselves"}
SELECT
    call_id,
    'retry_loop' AS detector,
    COALESCE(cost_usd, 0) AS wasted_usd,
    CASE WHEN previous_answered THEN 'sent again after an answer' ELSE 'sent again after a failure' END AS basis,
    CAST(chain_id AS VARCHAR) AS group_key,
    kept_call_id AS related_call_id
FROM attempts
WHERE attempts_of_model >= $min_attempts AND call_id <> kept_call_id
