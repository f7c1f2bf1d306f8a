"""OpenAI's chat completions and what speaks like them: answers with usage, alone or with their requests.

``prompt_tokens`` holds the cached, the written and the audio ones; ``completion_tokens`` the reasoning. Some that speak
like OpenAI (xAI) count reasoning beside the completion: the total tells.
"""

from __future__ import annotations

from tollbar.llm.log_format import ABSENT, ALONE, PAIR, PAIR_BODIES, PRESENT, LogFormat

USAGE = {
    "input_uncached": "less(tokens({usage.prompt_tokens}), tokens({usage.prompt_tokens_details.cached_tokens}), "
    "tokens({usage.prompt_tokens_details.cache_write_tokens}), tokens({usage.prompt_tokens_details.audio_tokens}))",
    "cache_read": "tokens({usage.prompt_tokens_details.cached_tokens})",
    "cache_write_5m": "tokens({usage.prompt_tokens_details.cache_write_tokens})",
    "input_audio": "tokens({usage.prompt_tokens_details.audio_tokens})",
    "output_visible": "CASE WHEN tokens({usage.completion_tokens_details.reasoning_tokens}) > 0 "
    "AND tokens({usage.total_tokens}) = tokens({usage.prompt_tokens}) + tokens({usage.completion_tokens}) "
    "+ tokens({usage.completion_tokens_details.reasoning_tokens}) "
    "THEN less(tokens({usage.completion_tokens}), tokens({usage.completion_tokens_details.audio_tokens})) "
    "ELSE less(tokens({usage.completion_tokens}), tokens({usage.completion_tokens_details.reasoning_tokens}), "
    "tokens({usage.completion_tokens_details.audio_tokens})) END",
    "reasoning": "tokens({usage.completion_tokens_details.reasoning_tokens})",
    "output_audio": "tokens({usage.completion_tokens_details.audio_tokens})",
}
"""OpenAI's usage, as disjoint buckets."""

FORMAT = LogFormat(
    name="openai_chat",
    title="OpenAI chat completion",
    source="openai-python 3.52.0, types/chat and types/completion_usage.py",
    recognised_by={"usage.prompt_tokens": PRESENT, "usage.cost": ABSENT, "model": PRESENT},
    shapes=(ALONE, PAIR, PAIR_BODIES),
    columns={
        "record_id": "word({id})",
        "requests": "1",
        **USAGE,
        "time": "moment(coalesce({created}, {record:created_at}, {record:time}, {record:timestamp}))",
        "time_text": "coalesce({created}, {record:created_at}, {record:time}, {record:timestamp})",
        "duration_ms": "number(coalesce({record:duration_ms}, {record:latency_ms}))",
        "trace_id": "coalesce(word({record:trace_id}), word({id}))",
        "session_id": "word({record:session_id})",
        "operation": "coalesce(word({record:operation}), word({record:route}), word({record:name}))",
        "provider": "coalesce(word({record:provider}), word({provider}))",
        "logged_model": "word({model})",
        "task_type": "coalesce(word({record:task_type}), word({metadata.task_type}), "
        "word({request:metadata.task_type}))",
        "project": 'coalesce(word({record:project}), word({request:metadata."project-id"}), '
        "word({request:metadata.project}))",
        "team": "coalesce(word({record:team}), word({request:metadata.team}))",
        "user_id": "coalesce(word({record:user_id}), word({request:user}), word({request:safety_identifier}))",
        "environment": "coalesce(word({record:environment}), word({request:metadata.environment}))",
        "status": "status_of(coalesce({record:error.code}, {record:error.type}, {record:status_code}), "
        "{record:error} IS NOT NULL)",
        "error": "coalesce(word({record:error.code}), word({record:error.type}))",
        "finish_reason": "finish({choices[0].finish_reason})",
        "max_output_tokens": "tokens(coalesce({request:max_completion_tokens}, {request:max_tokens}))",
        "service_tier": "nullif(word({service_tier}), 'default')",
        "prompt": "{request:messages}",
        "last_message": "{request:messages[#-1].content}",
        "system_prompt": "CASE WHEN {request:messages[0].role} IN ('system', 'developer') "
        "THEN {request:messages[0].content} END",
    },
    precedence=60,
)
