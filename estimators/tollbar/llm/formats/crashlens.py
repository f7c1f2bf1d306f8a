"""The log of the CrashLens logger (``langfuse-v1``): one call a line, prompt tokens with no word of cached ones."""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat

FORMAT = LogFormat(
    name="crashlens",
    title="CrashLens logger (langfuse-v1)",
    source="CrashLens 2.20.0, its own example logs",
    recognised_by={"input.model": PRESENT, "traceId": PRESENT},
    columns={
        "requests": "1",
        "time": "moment({startTime})",
        "end_time": "moment({endTime})",
        "time_text": "{startTime}",
        "trace_id": "word({traceId})",
        "session_id": "coalesce(word({sessionId}), word({metadata.session_id}))",
        "operation": "coalesce(word({metadata.route}), word({name}))",
        "provider": "coalesce(word({provider}), word({metadata.provider}))",
        "logged_model": "word({input.model})",
        "task_type": "coalesce(word({metadata.task_type}), word({metadata.task}))",
        "project": 'coalesce(word({metadata.project}), word({metadata."project-id"}))',
        "team": "word({metadata.team})",
        "user_id": "coalesce(word({userId}), word({metadata.user_id}), word({metadata.user}))",
        "environment": "coalesce(word({environment}), word({metadata.environment}), word({metadata.env}))",
        "status": "status_of(coalesce(word({metadata.status_code}), word({error.code}), word({error.type}), "
        "word({metadata.error}), word({statusMessage})), "
        "lower(coalesce({level}, '')) = 'error' OR lower(coalesce({status}, '')) IN ('error', 'failed', 'failure'))",
        "error": "coalesce(word({error.code}), word({error.type}), word({metadata.status_code}))",
        "finish_reason": "finish(coalesce({output.finish_reason}, {metadata.finish_reason}))",
        "input_uncached": "less(tokens({usage.prompt_tokens}), tokens({usage.prompt_tokens_details.cached_tokens}))",
        "cache_read": "tokens({usage.prompt_tokens_details.cached_tokens})",
        "output_visible": "less(tokens({usage.completion_tokens}), "
        "tokens({usage.completion_tokens_details.reasoning_tokens}))",
        "reasoning": "tokens({usage.completion_tokens_details.reasoning_tokens})",
        "max_output_tokens": "tokens(coalesce({input.max_tokens}, {modelParameters.max_tokens}))",
        "prompt": "coalesce({input.prompt}, {input.messages})",
        "system_prompt": "coalesce({input.system}, system_of(coalesce({input.messages}, {input.prompt})))",
        "logged_cost_usd": "usd({cost})",
    },
    precedence=30,
)
