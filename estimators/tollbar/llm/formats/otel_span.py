"""An OpenTelemetry span of generative AI, one a record, its attributes an object.

Input tokens hold the cached ones, output tokens the reasoning. Older instrumentations say ``prompt_tokens``,
``completion_tokens`` and ``gen_ai.system``. Spans of agents and tools hold those of the calls within them: no calls.
"""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat


def _attribute(*names: str) -> str:
    listed = ", ".join(f'{{attributes."{name}"}}' for name in names)
    return f"coalesce({listed})" if len(names) > 1 else listed


def _resource(*names: str) -> str:
    return ", ".join(f'{{resource.attributes."{name}"}}' for name in names)


_INPUT = f"tokens({_attribute('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens')})"
_OUTPUT = f"tokens({_attribute('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens')})"
_READ = f"tokens({_attribute('gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens')})"
_WRITTEN = (
    f"tokens({_attribute('gen_ai.usage.cache_creation.input_tokens', 'gen_ai.usage.cache_creation_input_tokens')})"
)
_REASONING = f"tokens({_attribute('gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_tokens')})"
_START = "coalesce({startTimeUnixNano}, {start_time_unix_nano}, {start_time}, {startTime}, {timestamp})"
_FAILED = "coalesce(lower(coalesce({status.code}, {status.status_code})) IN ('2', 'error', 'status_code_error'), false)"
_TIER = _attribute("gen_ai.openai.response.service_tier", "openai.response.service_tier")
_MESSAGES = _attribute("gen_ai.input.messages", "gen_ai.prompt")

FORMAT = LogFormat(
    name="otel_span",
    title="OpenTelemetry GenAI span",
    source="OpenTelemetry semantic conventions for generative AI (Development), gen_ai.*",
    recognised_by={
        'attributes."gen_ai.request.model"|attributes."gen_ai.response.model"|attributes."gen_ai.usage.input_tokens"|'
        'attributes."gen_ai.usage.prompt_tokens"': PRESENT
    },
    columns={
        "record_id": "coalesce({spanId}, {span_id}, {context.span_id})",
        "input_uncached": f"less({_INPUT}, {_READ}, {_WRITTEN})",
        "cache_read": _READ,
        "cache_write_5m": _WRITTEN,
        "output_visible": f"less({_OUTPUT}, {_REASONING})",
        "reasoning": _REASONING,
        "time": f"moment({_START})",
        "end_time": "moment(coalesce({endTimeUnixNano}, {end_time_unix_nano}, {end_time}, {endTime}))",
        "time_text": _START,
        "requests": "1",
        "trace_id": "coalesce(word({traceId}), word({trace_id}), word({context.trace_id}))",
        "session_id": f"word({_attribute('gen_ai.conversation.id', 'session.id')})",
        "operation": f"coalesce({_attribute('http.route', 'gen_ai.prompt.name', 'gen_ai.agent.name')}, word({{name}}))",
        "provider": f"word({_attribute('gen_ai.provider.name', 'gen_ai.system')})",
        "logged_model": f"word({_attribute('gen_ai.response.model', 'gen_ai.request.model')})",
        "task_type": f"word({_attribute('task_type', 'gen_ai.task.type')})",
        "project": f"coalesce({_attribute('project-id', 'project.id', 'project')}, {_resource('service.name')})",
        "team": f"coalesce({_attribute('team', 'team.id')}, {_resource('team', 'service.team')})",
        "user_id": f"word({_attribute('user.id', 'enduser.id', 'gen_ai.user')})",
        "environment": f"coalesce({_resource('deployment.environment.name', 'deployment.environment')})",
        "status": f"status_of({_attribute('error.type', 'http.response.status_code')}, {_FAILED})",
        "error": f"word({_attribute('error.type')})",
        "finish_reason": f"finish(coalesce(inside({_attribute('gen_ai.response.finish_reasons')}, '$[0]'), "
        f"{_attribute('gen_ai.response.finish_reasons')}))",
        "max_output_tokens": f"tokens({_attribute('gen_ai.request.max_tokens')})",
        "service_tier": f"nullif(word({_TIER}), 'default')",
        "prompt": _MESSAGES,
        "system_prompt": f"coalesce({_attribute('gen_ai.system_instructions')}, system_of({_MESSAGES}))",
        "logged_cost_usd": f"usd({_attribute('gen_ai.usage.cost', 'gen_ai.usage.cost.amount')})",
    },
    precedence=42,
)
