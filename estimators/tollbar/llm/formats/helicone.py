"""Helicone's requests: prompt tokens hold the cached ones, completion tokens the reasoning, whoever the provider is."""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat

_NO_REFERENCE = "00000000-0000-0000-0000-000000000000"

FORMAT = LogFormat(
    name="helicone",
    title="Helicone request",
    source="Helicone's HeliconeRequest; POST /v1/request/query-clickhouse",
    recognised_by={"request_id": PRESENT, "request_created_at": PRESENT, "response_status|prompt_tokens": PRESENT},
    columns={
        "record_id": "word({request_id})",
        "time": "moment({request_created_at})",
        "time_text": "{request_created_at}",
        "duration_ms": "number({delay_ms})",
        "requests": "1",
        "trace_id": "coalesce(word({request_properties.Helicone-Session-Id}), word({request_id}))",
        "session_id": "word({request_properties.Helicone-Session-Id})",
        "operation": "coalesce(word({request_properties.Helicone-Session-Path}), word({request_path}))",
        "provider": "word({provider})",
        "logged_model": "coalesce(word({response_model}), word({model_override}), word({model}), "
        "word({request_model}))",
        "task_type": "coalesce(word({request_properties.Task}), word({request_properties.task}), "
        "word({request_properties.Task-Type}))",
        "project": "coalesce(word({request_properties.Project}), word({request_properties.project-id}), "
        "word({request_properties.project}))",
        "team": "coalesce(word({request_properties.Team}), word({request_properties.team}), word({properties.Team}))",
        "user_id": "coalesce(word({request_user_id}), word({user_id}))",
        "environment": "coalesce(word({request_properties.Environment}), word({request_properties.environment}))",
        "status": "status_of({response_status}, "
        "coalesce(try_cast({response_status} AS BIGINT) NOT BETWEEN 200 AND 299, false))",
        "error": "CASE WHEN try_cast({response_status} AS BIGINT) NOT BETWEEN 200 AND 299 THEN {response_status} END",
        "finish_reason": "finish(coalesce({response_body.choices[0].finish_reason}, {response_body.stop_reason}))",
        "input_uncached": "less(tokens({prompt_tokens}), tokens({prompt_cache_read_tokens}), "
        "tokens({prompt_cache_write_tokens}), tokens({prompt_audio_tokens}))",
        "cache_read": "tokens({prompt_cache_read_tokens})",
        "cache_write_5m": "tokens({prompt_cache_write_tokens})",
        "input_audio": "tokens({prompt_audio_tokens})",
        "output_visible": "less(tokens({completion_tokens}), tokens({reasoning_tokens}), "
        "tokens({completion_audio_tokens}))",
        "reasoning": "tokens({reasoning_tokens})",
        "output_audio": "tokens({completion_audio_tokens})",
        "max_output_tokens": "tokens(coalesce({request_body.max_completion_tokens}, {request_body.max_tokens}))",
        "cached_response": f"coalesce({{cache_reference_id}}, '{_NO_REFERENCE}') <> '{_NO_REFERENCE}'",
        "prompt": "coalesce({request_body.messages}, {request_body.input}, {request_body.prompt})",
        "system_prompt": "coalesce({request_body.system}, system_of({request_body.messages}))",
        "logged_cost_usd": "usd(coalesce({costUSD}, {cost}))",
    },
    precedence=25,
)
