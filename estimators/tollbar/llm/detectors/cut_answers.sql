-- title: Answers that were cut off, and asked for again
-- claim: What answers cost that reached the output limit, where the prompt was then sent again.
-- fix: Raise the output limit for the task, or ask for shorter answers; a cut answer is paid for and thrown away.
-- grain: call
-- priority: 50
-- parameters: {}
SELECT
    call_id,
    'cut_answers' AS detector,
    COALESCE(cost_usd, 0) AS wasted_usd,
    'cut off at the output limit, then sent again' AS basis,
    CAST(chain_id AS VARCHAR) AS group_key,
    kept_call_id AS related_call_id
FROM attempts
WHERE cut AND call_id <> kept_call_id
