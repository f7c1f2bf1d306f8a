"""SQL that all log formats share: counts, moments, amounts and words as logs write them, read into one form.

Each macro takes text (or NULL) and never fails: what cannot be read is NULL, but a count, which becomes
``UNREADABLE`` so that it can be told from one that is absent.
"""

from __future__ import annotations

UNREADABLE = -1_000_000_000_000_000
"""A count that cannot be: its record is reported, and has no tokens. Far below what any sum of counts reaches."""

MOST_TOKENS = 1_000_000_000_000
"""A count above this is damage: a provider's whole day stays below."""

READ_ONLY: dict[str, str] = {
    "prompt": "VARCHAR",
    "system_prompt": "VARCHAR",
    "last_message": "VARCHAR",
    "end_time": "TIMESTAMP",
    "time_text": "VARCHAR",
    "record_id": "VARCHAR",
}
"""What a format may give besides the columns of ``calls``: it is used in reading, and kept nowhere.

``prompt`` is the whole prompt as the log has it, ``system_prompt`` the part that stays from call to call,
``last_message`` what the last of its messages says (to take a list of them apart once more takes longer);
``time_text`` is the time as logged, to tell one that is absent from one that cannot be read; ``record_id`` is what the
provider, the gateway or the tracer calls this one call: by it a call is known again that was logged twice.
"""

MACROS: tuple[str, ...] = (
    # Counts: whole numbers as numbers or text.
    f"""tokens(v) AS CASE WHEN v IS NULL THEN NULL
        WHEN try_cast(v AS BIGINT) BETWEEN 0 AND {MOST_TOKENS} THEN try_cast(v AS BIGINT)
        ELSE {UNREADABLE} END""",
    """less(total, part1, part2 := NULL, part3 := NULL) AS
        total - coalesce(part1, 0) - coalesce(part2, 0) - coalesce(part3, 0)""",
    # Moments: seconds, milli-, micro- or nanoseconds since 1970 by their size; ISO with or without offset.
    """moment(v) AS CASE
        WHEN v IS NULL THEN NULL
        WHEN ends_with(v, 'Z') THEN try_cast(v AS TIMESTAMP)
        WHEN try_cast(v AS DOUBLE) IS NULL THEN CAST(try_cast(v AS TIMESTAMPTZ) AS TIMESTAMP)
        WHEN try_cast(v AS DOUBLE) >= 1e17 AND try_cast(v AS DOUBLE) < 9e18
            THEN make_timestamp(CAST(try_cast(v AS HUGEINT) // 1000 AS BIGINT))
        WHEN try_cast(v AS DOUBLE) >= 1e14 AND try_cast(v AS DOUBLE) < 1e17
            THEN make_timestamp(CAST(try_cast(v AS DOUBLE) AS BIGINT))
        WHEN try_cast(v AS DOUBLE) >= 1e11 AND try_cast(v AS DOUBLE) < 1e14
            THEN make_timestamp(CAST(try_cast(v AS DOUBLE) * 1000 AS BIGINT))
        WHEN try_cast(v AS DOUBLE) >= 0 AND try_cast(v AS DOUBLE) < 1e11
            THEN make_timestamp(CAST(try_cast(v AS DOUBLE) * 1000000 AS BIGINT))
        END""",
    # Amounts in USD; below 0 or not a number is none.
    """usd(v) AS CASE WHEN try_cast(v AS DOUBLE) >= 0 AND try_cast(v AS DOUBLE) < 1e12
        THEN coalesce(try_cast(v AS DECIMAL(28,12)), try_cast(try_cast(v AS DOUBLE) AS DECIMAL(28,12))) END""",
    "number(v) AS CASE WHEN isfinite(try_cast(v AS DOUBLE)) THEN try_cast(v AS DOUBLE) END",
    # An empty text says nothing.
    "word(v) AS CASE WHEN v <> '' THEN v END",
    # A task's name as policies compare it: small letters, _ for spaces and dashes.
    "task_named(v) AS replace(replace(lower(trim(v)), ' ', '_'), '-', '_')",
    # How a call ended.
    """status_of(code, failed) AS CASE
        WHEN code IS NULL OR code = '' THEN CASE WHEN failed THEN 'error' ELSE 'ok' END
        WHEN contains(code, '429') OR contains(lower(code), 'rate') AND contains(lower(code), 'limit')
            OR contains(lower(code), 'throttl') OR contains(lower(code), 'quota') THEN 'rate_limited'
        WHEN code IN ('408', '504') OR contains(lower(code), 'timeout') OR contains(lower(code), 'timed out')
            THEN 'timeout'
        WHEN failed OR try_cast(code AS BIGINT) >= 400 THEN 'error'
        ELSE 'ok' END""",
    """finish(v) AS CASE lower(v)
        WHEN 'end_turn' THEN 'stop' WHEN 'stop_sequence' THEN 'stop' WHEN 'completed' THEN 'stop'
        WHEN 'max_tokens' THEN 'length' WHEN 'max_output_tokens' THEN 'length'
        WHEN 'tool_use' THEN 'tool_calls' WHEN 'function_call' THEN 'tool_calls'
        WHEN 'safety' THEN 'content_filter' WHEN 'refusal' THEN 'content_filter'
        ELSE nullif(lower(v), '') END""",
    # JSON in a text, as LiteLLM and Langfuse have it; what is none is NULL, and so is what is in it.
    "if_json(v) AS CASE WHEN json_valid(v) THEN v END",
    "if_list(v) AS CASE WHEN starts_with(v, '[') AND json_valid(v) THEN v END",
    "inside(v, path) AS json_extract_string(if_json(v), path)",
    # A tag "team:search" in a list of tags.
    "tag_of(tags, name) AS nullif(trim(regexp_extract(tags, concat(chr(34), name, ':([^\",]*)'), 1)), '')",
    # The count of one modality in Gemini's lists of them.
    """of_modality(details, name) AS tokens(json_extract_string(if_list(details), '$[*].tokenCount')
        [list_position(json_extract_string(if_list(details), '$[*].modality'), name)])""",
    # A system prompt at the head of a list of messages.
    """system_of(messages) AS CASE
        WHEN json_extract_string(if_list(messages), '$[0].role') IN ('system', 'developer')
        THEN json_extract_string(if_list(messages), '$[0].content') END""",
    # OTLP's attributes, a list of keys with typed values, as an object of texts.
    """otlp_value(v) AS coalesce(v->>'$.stringValue', v->>'$.intValue', v->>'$.doubleValue', v->>'$.boolValue',
        v->>'$.arrayValue.values[0].stringValue', v->>'$.arrayValue.values[0].intValue')""",
    """otlp_attributes(listed) AS CASE
        WHEN len(list_distinct(json_extract_string(listed, '$[*].key'))) = len(json_extract(listed, '$[*].value'))
        THEN to_json(map(json_extract_string(listed, '$[*].key'),
            list_transform(json_extract(listed, '$[*].value'), lambda v: otlp_value(v)))) ELSE '{}' END""",
)
"""Bodies of ``CREATE MACRO``."""
