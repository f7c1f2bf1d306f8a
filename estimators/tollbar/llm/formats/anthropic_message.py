"""Anthropic's messages: input tokens hold neither cache reads nor writes; output tokens hold the thinking."""

from __future__ import annotations

from tollbar.llm.log_format import ALONE, PAIR, PAIR_BODIES, PRESENT, LogFormat, Shape

_BATCH_RESULT = Shape("$.result.message", "$.params")

FORMAT = LogFormat(
    name="anthropic_message",
    title="Anthropic message",
    source="anthropic-sdk-python 2.11.0, types/usage.py",
    recognised_by={"type": "message", "usage.input_tokens": PRESENT, "model": PRESENT},
    shapes=(ALONE, PAIR, PAIR_BODIES, _BATCH_RESULT),
    columns={
        "record_id": "word({id})",
        "input_uncached": "tokens({usage.input_tokens})",
        "cache_read": "tokens({usage.cache_read_input_tokens})",
        "cache_write_5m": "coalesce(tokens({usage.cache_creation.ephemeral_5m_input_tokens}), "
        "less(tokens({usage.cache_creation_input_tokens}), tokens({usage.cache_creation.ephemeral_1h_input_tokens})))",
        "cache_write_1h": "tokens({usage.cache_creation.ephemeral_1h_input_tokens})",
        "output_visible": "less(tokens({usage.output_tokens}), tokens({usage.output_tokens_details.thinking_tokens}))",
        "reasoning": "tokens({usage.output_tokens_details.thinking_tokens})",
        "time": "moment(coalesce({record:created_at}, {record:time}, {record:timestamp}))",
        "time_text": "coalesce({record:created_at}, {record:time}, {record:timestamp})",
        "duration_ms": "number(coalesce({record:duration_ms}, {record:latency_ms}))",
        "requests": "1",
        "trace_id": "coalesce(word({record:trace_id}), word({record:custom_id}), word({id}))",
        "session_id": "word({record:session_id})",
        "operation": "coalesce(word({record:operation}), word({record:route}), word({record:name}))",
        "provider": "coalesce(word({record:provider}), 'anthropic')",
        "logged_model": "word({model})",
        "task_type": "word({record:task_type})",
        "project": "word({record:project})",
        "team": "word({record:team})",
        "user_id": "coalesce(word({record:user_id}), word({request:metadata.user_id}))",
        "environment": "word({record:environment})",
        "status": "'ok'",
        "finish_reason": "finish({stop_reason})",
        "max_output_tokens": "tokens({request:max_tokens})",
        "service_tier": "nullif(word({usage.service_tier}), 'standard')",
        "batch": "{usage.service_tier} = 'batch' OR {record:result.type} IS NOT NULL",
        "prompt": "{request:messages}",
        "system_prompt": "{request:system}",
    },
    precedence=50,
)
