"""Langfuse's observations as its API gives them: generations with usage by kind, none of which holds another.

``usageDetails.input`` leaves out the cached tokens, and ``output`` the reasoning, unless the total says otherwise.
Older servers have ``usage`` with ``input`` and ``output`` only.
"""

from __future__ import annotations

from tollbar.llm.langfuse_usage import usage_columns
from tollbar.llm.log_format import PRESENT, LogFormat

FORMAT = LogFormat(
    name="langfuse_api",
    title="Langfuse observation (API)",
    source="langfuse 5.0.4, ObservationV2; GET /api/public/v2/observations",
    recognised_by={"type": "GENERATION|EMBEDDING", "startTime": PRESENT, "traceId": PRESENT},
    columns={
        "record_id": "word({id})",
        **usage_columns("usageDetails"),
        "time": "moment({startTime})",
        "end_time": "moment({endTime})",
        "time_text": "{startTime}",
        "requests": "1",
        "trace_id": "word({traceId})",
        "session_id": "word({sessionId})",
        "operation": "coalesce(word({traceName}), word({name}))",
        "provider": "coalesce(word({metadata.provider}), word({metadata.ls_provider}))",
        "logged_model": "coalesce(word({model}), word({providedModelName}))",
        "task_type": "coalesce(word({metadata.task_type}), word({metadata.task}))",
        "project": "coalesce(word({metadata.project}), word({metadata.project-id}), word({projectId}))",
        "team": "word({metadata.team})",
        "user_id": "word({userId})",
        "environment": "word({environment})",
        "status": "status_of(CASE WHEN {level} = 'ERROR' THEN {statusMessage} END, coalesce({level} = 'ERROR', false))",
        "error": "CASE WHEN {level} = 'ERROR' THEN nullif(regexp_extract({statusMessage}, '^[A-Za-z_.]+'), '') END",
        "finish_reason": "finish(coalesce({output.finish_reason}, {metadata.finish_reason}))",
        "max_output_tokens": "tokens(coalesce({modelParameters.max_tokens}, {modelParameters.max_completion_tokens}))",
        "prompt": "{input}",
        "system_prompt": "system_of({input})",
        "logged_cost_usd": "usd(coalesce({totalCost}, {calculatedTotalCost}, {costDetails.total}))",
    },
    precedence=35,
)
