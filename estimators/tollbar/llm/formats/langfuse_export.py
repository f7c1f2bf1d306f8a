"""Langfuse's export of observations to a bucket: snake case; input, output and parameters are JSON texts."""

from __future__ import annotations

from tollbar.llm.langfuse_usage import usage_columns
from tollbar.llm.log_format import PRESENT, LogFormat

FORMAT = LogFormat(
    name="langfuse_export",
    title="Langfuse blob storage export",
    source="Langfuse's documentation, export to blob storage, observations",
    recognised_by={"provided_model_name": PRESENT, "start_time": PRESENT, "trace_id": PRESENT},
    columns={
        "record_id": "word({id})",
        **usage_columns("usage_details"),
        "time": "moment({start_time})",
        "end_time": "moment({end_time})",
        "time_text": "{start_time}",
        "requests": "1",
        "trace_id": "word({trace_id})",
        "session_id": "word({session_id})",
        "operation": "coalesce(word({trace_name}), word({name}))",
        "provider": "word({metadata.provider})",
        "logged_model": "word({provided_model_name})",
        "task_type": "coalesce(word({metadata.task_type}), word({metadata.task}))",
        "project": "coalesce(word({metadata.project}), word({metadata.project-id}), word({project_id}))",
        "team": "word({metadata.team})",
        "user_id": "word({user_id})",
        "environment": "word({environment})",
        "status": "status_of(CASE WHEN {level} = 'ERROR' THEN {status_message} END, "
        "coalesce({level} = 'ERROR', false))",
        "error": "CASE WHEN {level} = 'ERROR' THEN nullif(regexp_extract({status_message}, '^[A-Za-z_.]+'), '') END",
        "finish_reason": "finish(inside({output}, '$.finish_reason'))",
        "max_output_tokens": "tokens(inside({model_parameters}, '$.max_tokens'))",
        "prompt": "{input}",
        "system_prompt": "system_of({input})",
        "logged_cost_usd": "usd(coalesce({total_cost}, {cost_details.total}))",
    },
    precedence=36,
)
