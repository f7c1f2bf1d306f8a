-- title: Hours that cost far more than usual
-- claim: >-
--   Nothing: a spike may be a launch. An hour is compared with the same hour of other weeks (of other days in a log of
--   less than four weeks), by the median and its deviation, so that one spike does not hide another.
-- fix: Look at who called in that hour (--since, --until, --by user); set a budget per team and hour.
-- grain: group
-- priority: 30
-- parameters:
--   min_score: {default: 8, description: "robust z-score from which an hour is unusual"}
--   min_usd: {default: 1, description: "least cost of such an hour, in USD"}
--   min_hours: {default: 4, description: "least number of like hours to compare with"}
WITH hours AS (
    SELECT
        CAST(FLOOR(EPOCH(time) / 3600) AS BIGINT) AS hour,
        COUNT(*) AS calls,
        CAST(SUM(COALESCE(input_tokens, 0) + COALESCE(output_tokens, 0)) AS BIGINT) AS tokens,
        SUM(cost_usd) AS cost_usd
    FROM calls
    WHERE time IS NOT NULL AND cost_usd IS NOT NULL
    GROUP BY CAST(FLOOR(EPOCH(time) / 3600) AS BIGINT)
),
span AS (
    SELECT CASE WHEN MAX(hour) - MIN(hour) >= 672 THEN 168 ELSE 24 END AS cycle
    FROM hours
),
slotted AS (
    SELECT hours.*, MOD(hours.hour, span.cycle) AS slot
    FROM hours
    CROSS JOIN span
),
usual AS (
    SELECT slot, MEDIAN(CAST(cost_usd AS DOUBLE)) AS usual_usd, COUNT(*) AS like_hours
    FROM slotted
    GROUP BY slot
),
deviating AS (
    SELECT
        slotted.*,
        usual.usual_usd,
        usual.like_hours,
        ABS(CAST(slotted.cost_usd AS DOUBLE) - usual.usual_usd) AS deviation
    FROM slotted
    INNER JOIN usual ON usual.slot = slotted.slot
),
spread AS (
    SELECT slot, MEDIAN(deviation) AS usual_deviation
    FROM deviating
    GROUP BY slot
),
scored AS (
    SELECT
        deviating.*,
        0.6745 * (CAST(deviating.cost_usd AS DOUBLE) - deviating.usual_usd)
        / GREATEST(spread.usual_deviation, 0.05 * deviating.usual_usd, 0.000001) AS score
    FROM deviating
    INNER JOIN spread ON spread.slot = deviating.slot
)
SELECT
    CAST(hour AS VARCHAR) AS group_key,
    calls,
    tokens,
    cost_usd,
    CAST(cost_usd AS DOUBLE) / GREATEST(usual_usd, 0.000001) AS factor,
    'compared with the median of like hours' AS detail
FROM scored
WHERE score >= $min_score AND cost_usd >= $min_usd AND like_hours >= $min_hours
