-- title: Failed calls that were billed
-- claim: What calls cost that ended in an error, a rate limit or a timeout.
-- fix: >-
--   Validate requests before they are sent, set timeouts that fit the length of the answers, and stream long ones.
-- grain: call
-- priority: 40
-- parameters: {}
SELECT
    call_id,
    'failed_calls' AS detector,
    cost_usd AS wasted_usd,
    CONCAT('ended as ', status) AS basis,
    COALESCE(error, status) AS group_key,
    CAST(NULL AS BIGINT) AS related_call_id
FROM calls
WHERE status <> 'ok' AND cost_usd > 0
