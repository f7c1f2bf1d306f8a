"""A request with an error in place of an answer, of whichever provider: a call that failed, with no tokens told."""

from __future__ import annotations

from tollbar.llm.log_format import ABSENT, PRESENT, LogFormat

FORMAT = LogFormat(
    name="failed_pair",
    title="Request with an error",
    source="The error bodies of OpenAI, Anthropic and Gemini",
    recognised_by={
        "request.model|request.body.model": PRESENT,
        "response.error|response.body.error|error": PRESENT,
        "response.usage|response.body.usage": ABSENT,
    },
    columns={
        "time": "moment(coalesce({time}, {timestamp}, {created_at}))",
        "time_text": "coalesce({time}, {timestamp}, {created_at})",
        "duration_ms": "number(coalesce({duration_ms}, {latency_ms}))",
        "requests": "1",
        "trace_id": "word({trace_id})",
        "session_id": "word({session_id})",
        "operation": "coalesce(word({operation}), word({route}), word({name}))",
        "provider": "word({provider})",
        "logged_model": "coalesce(word({request.model}), word({request.body.model}))",
        "task_type": "word({task_type})",
        "project": "word({project})",
        "team": "word({team})",
        "user_id": "coalesce(word({user_id}), word({request.user}))",
        "environment": "word({environment})",
        "status": "status_of(coalesce({response.status_code}, {status_code}, {response.error.code}, "
        "{response.body.error.code}, {error.code}, {response.error.type}, {response.body.error.type}, {error.type}), "
        "true)",
        "error": "coalesce(word({response.error.code}), word({response.body.error.code}), word({error.code}), "
        "word({response.error.type}), word({response.body.error.type}), word({error.type}))",
        "max_output_tokens": "tokens(coalesce({request.max_tokens}, {request.max_completion_tokens}))",
        "prompt": "coalesce({request.messages}, {request.body.messages}, {request.input})",
        "system_prompt": "coalesce({request.system}, system_of(coalesce({request.messages}, {request.body.messages})))",
    },
    precedence=70,
)
