"""OpenAI's responses: input tokens hold the cached ones, output tokens the reasoning."""

from __future__ import annotations

from tollbar.llm.log_format import ALONE, PAIR, PAIR_BODIES, PRESENT, LogFormat

USAGE = {
    "input_uncached": "less(tokens({usage.input_tokens}), tokens({usage.input_tokens_details.cached_tokens}), "
    "tokens({usage.input_tokens_details.cache_write_tokens}))",
    "cache_read": "tokens({usage.input_tokens_details.cached_tokens})",
    "cache_write_5m": "tokens({usage.input_tokens_details.cache_write_tokens})",
    "output_visible": "less(tokens({usage.output_tokens}), tokens({usage.output_tokens_details.reasoning_tokens}))",
    "reasoning": "tokens({usage.output_tokens_details.reasoning_tokens})",
}
"""The usage of a response, as disjoint buckets."""

FORMAT = LogFormat(
    name="openai_responses",
    title="OpenAI response",
    source="openai-python 3.52.0, types/responses/response_usage.py",
    recognised_by={"object": "response", "usage.input_tokens|error.code": PRESENT, "model": PRESENT},
    shapes=(ALONE, PAIR, PAIR_BODIES),
    columns={
        "record_id": "word({id})",
        **USAGE,
        "time": "moment(coalesce({created_at}, {record:time}, {record:timestamp}))",
        "time_text": "coalesce({created_at}, {record:time}, {record:timestamp})",
        "duration_ms": "coalesce(number(coalesce({record:duration_ms}, {record:latency_ms})), "
        "(number({completed_at}) - number({created_at})) * 1000)",
        "requests": "1",
        "trace_id": "coalesce(word({record:trace_id}), word({id}))",
        "session_id": "coalesce(word({record:session_id}), word({conversation.id}))",
        "operation": "coalesce(word({record:operation}), word({record:route}), word({record:name}))",
        "provider": "word({record:provider})",
        "logged_model": "word({model})",
        "task_type": "coalesce(word({record:task_type}), word({metadata.task_type}))",
        "project": "coalesce(word({record:project}), word({metadata.project-id}), word({metadata.project}))",
        "team": "coalesce(word({record:team}), word({metadata.team}))",
        "user_id": "coalesce(word({record:user_id}), word({safety_identifier}), word({user}))",
        "environment": "coalesce(word({record:environment}), word({metadata.environment}))",
        "status": "status_of({error.code}, coalesce({status} = 'failed', false))",
        "error": "word({error.code})",
        "finish_reason": "finish(coalesce({incomplete_details.reason}, {status}))",
        "max_output_tokens": "tokens(coalesce({max_output_tokens}, {request:max_output_tokens}))",
        "service_tier": "nullif(nullif(word({service_tier}), 'default'), 'auto')",
        "batch": "{service_tier} = 'batch'",
        "prompt": "coalesce({request:input}, {record:input})",
        "system_prompt": "coalesce({instructions}, {request:instructions}, system_of({request:input}))",
    },
    precedence=55,
)
