"""LiteLLM's StandardLoggingPayload, what its callbacks are given: one call a record.

Counts are as in the spend logs: prompt tokens hold the cached ones, completion tokens the reasoning.
"""

from __future__ import annotations

from tollbar.llm.log_format import ABSENT, PRESENT, LogFormat


def _detail(place: str) -> str:
    return f"tokens(coalesce({{metadata.usage_object.{place}}}, {{response.usage.{place}}}))"


_CACHED = _detail("prompt_tokens_details.cached_tokens")
_WRITTEN = (
    "tokens(coalesce({metadata.usage_object.prompt_tokens_details.cache_creation_tokens}, "
    "{metadata.usage_object.cache_creation_input_tokens}, {response.usage.cache_creation_input_tokens}))"
)
_REASONING = _detail("completion_tokens_details.reasoning_tokens")
_AUDIO_IN = _detail("prompt_tokens_details.audio_tokens")
_AUDIO_OUT = _detail("completion_tokens_details.audio_tokens")

FORMAT = LogFormat(
    name="litellm_callback",
    title="LiteLLM callback (StandardLoggingPayload)",
    source="LiteLLM 1.106.2, types/utils.py",
    recognised_by={"call_type": PRESENT, "startTime": PRESENT, "spend": ABSENT, "response_cost|prompt_tokens": PRESENT},
    columns={
        "record_id": "word({id})",
        "time": "moment({startTime})",
        "end_time": "moment({endTime})",
        "time_text": "{startTime}",
        "requests": "1",
        "trace_id": "coalesce(word({trace_id}), word({id}))",
        "session_id": "word({session_id})",
        "operation": "coalesce(word({metadata.requester_metadata.operation}), word({model_group}), word({call_type}))",
        "provider": "word({custom_llm_provider})",
        "logged_model": "word({model})",
        "task_type": "tag_of({request_tags}, 'task')",
        "project": "coalesce(word({metadata.user_api_key_project_id}), tag_of({request_tags}, 'project'), "
        "tag_of({request_tags}, 'project-id'))",
        "team": "coalesce(word({metadata.user_api_key_team_alias}), word({metadata.user_api_key_team_id}), "
        "tag_of({request_tags}, 'team'))",
        "user_id": "coalesce(word({end_user}), word({metadata.user_api_key_end_user_id}), "
        "word({model_parameters.user}), "
        "word({metadata.user_api_key_user_id}))",
        "environment": "coalesce(tag_of({request_tags}, 'environment'), tag_of({request_tags}, 'env'))",
        "status": "status_of(coalesce(word({error_information.error_code}), word({error_information.error_class})), "
        "coalesce({status}, '') = 'failure')",
        "error": "coalesce(word({error_information.error_class}), word({error_information.error_code}))",
        "finish_reason": "finish({response.choices[0].finish_reason})",
        "input_uncached": f"less(tokens({{prompt_tokens}}), {_CACHED}, {_WRITTEN}, {_AUDIO_IN})",
        "cache_read": _CACHED,
        "cache_write_5m": _WRITTEN,
        "input_audio": _AUDIO_IN,
        "output_visible": f"less(tokens({{completion_tokens}}), {_REASONING}, {_AUDIO_OUT})",
        "reasoning": _REASONING,
        "output_audio": _AUDIO_OUT,
        "max_output_tokens": "tokens(coalesce({model_parameters.max_completion_tokens}, "
        "{model_parameters.max_tokens}))",
        "service_tier": "nullif(word({response.service_tier}), 'default')",
        "cached_response": "lower(coalesce({cache_hit}, '')) = 'true'",
        "prompt": "{messages}",
        "system_prompt": "system_of({messages})",
        "logged_cost_usd": "usd({response_cost})",
    },
    precedence=22,
)
