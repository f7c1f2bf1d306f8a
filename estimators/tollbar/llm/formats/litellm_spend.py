"""LiteLLM's ``LiteLLM_SpendLogs``: one call a row, ``metadata`` a JSON text, the tags a list in a text.

``prompt_tokens`` holds the cached ones, ``completion_tokens`` the reasoning, whoever the provider is: LiteLLM counts
as OpenAI does. The details stand in ``metadata.usage_object``.
"""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat

_META = "inside({metadata}, '$.%s')"
_USAGE = "inside({metadata}, '$.usage_object.%s')"
_CACHED = f"tokens({_USAGE % 'prompt_tokens_details.cached_tokens'})"
_WRITTEN = (
    f"tokens(coalesce({_USAGE % 'prompt_tokens_details.cache_creation_tokens'}, "
    f"{_USAGE % 'cache_creation_input_tokens'}))"
)
_REASONING = f"tokens({_USAGE % 'completion_tokens_details.reasoning_tokens'})"

FORMAT = LogFormat(
    name="litellm_spend",
    title="LiteLLM spend logs",
    source="LiteLLM 1.106.2, proxy/schema.prisma, LiteLLM_SpendLogs",
    recognised_by={"request_id": PRESENT, "spend": PRESENT, "prompt_tokens|startTime": PRESENT, "call_type": PRESENT},
    columns={
        "record_id": "word({request_id})",
        "requests": "1",
        "time": "moment({startTime})",
        "end_time": "moment({endTime})",
        "time_text": "{startTime}",
        "trace_id": "coalesce(word({session_id}), word({request_id}))",
        "session_id": "word({session_id})",
        "operation": "coalesce(word({model_group}), word({call_type}))",
        "provider": "word({custom_llm_provider})",
        "logged_model": "word({model})",
        "task_type": "tag_of({request_tags}, 'task')",
        "project": f"coalesce(word({_META % 'user_api_key_project_id'}), tag_of({{request_tags}}, 'project'), "
        "tag_of({request_tags}, 'project-id'))",
        "team": f"coalesce(word({_META % 'user_api_key_team_alias'}), word({{team_id}}), "
        "tag_of({request_tags}, 'team'))",
        "user_id": "coalesce(word({end_user}), word({user}))",
        "environment": "coalesce(tag_of({request_tags}, 'environment'), tag_of({request_tags}, 'env'))",
        "status": f"status_of(coalesce(word({_META % 'error_information.error_code'}), "
        f"word({_META % 'error_information.error_class'})), coalesce({{status}}, '') = 'failure')",
        "error": f"coalesce(word({_META % 'error_information.error_class'}), "
        f"word({_META % 'error_information.error_code'}))",
        "finish_reason": "finish(inside({response}, '$.choices[0].finish_reason'))",
        "input_uncached": f"less(tokens({{prompt_tokens}}), {_CACHED}, {_WRITTEN})",
        "cache_read": _CACHED,
        "cache_write_5m": _WRITTEN,
        "output_visible": f"less(tokens({{completion_tokens}}), {_REASONING})",
        "reasoning": _REASONING,
        "cached_response": "lower({cache_hit}) = 'true'",
        "prompt": "CASE WHEN length({messages}) > 2 THEN {messages} "
        "ELSE inside({proxy_server_request}, '$.messages') END",
        "system_prompt": "system_of(CASE WHEN length({messages}) > 2 THEN {messages} "
        "ELSE inside({proxy_server_request}, '$.messages') END)",
        "max_output_tokens": "tokens(inside({proxy_server_request}, '$.max_tokens'))",
        "logged_cost_usd": "usd({spend})",
    },
    precedence=20,
)
