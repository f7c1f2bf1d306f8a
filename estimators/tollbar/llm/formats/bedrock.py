"""Amazon Bedrock's model invocation log: input tokens hold neither cache reads nor writes."""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat

FORMAT = LogFormat(
    name="bedrock",
    title="Amazon Bedrock model invocation log",
    source="Amazon Bedrock user guide, model invocation logging",
    recognised_by={"schemaType": "ModelInvocationLog", "modelId": PRESENT},
    columns={
        "record_id": "word({requestId})",
        "input_uncached": "tokens({input.inputTokenCount})",
        "cache_read": "tokens({input.cacheReadInputTokenCount})",
        "cache_write_5m": "tokens({input.cacheWriteInputTokenCount})",
        "output_visible": "tokens({output.outputTokenCount})",
        "time": "moment({timestamp})",
        "time_text": "{timestamp}",
        "duration_ms": "number({output.outputBodyJson.metrics.latencyMs})",
        "requests": "1",
        "trace_id": "coalesce(word({requestMetadata.trace-id}), word({requestId}))",
        "session_id": "coalesce(word({requestMetadata.session-id}), word({requestMetadata.session_id}))",
        "operation": "coalesce(word({requestMetadata.operation}), word({operation}))",
        "provider": "'aws.bedrock'",
        "logged_model": "regexp_replace(word({modelId}), '^arn:.*/', '')",
        "task_type": "coalesce(word({requestMetadata.task_type}), word({requestMetadata.task}))",
        "project": "coalesce(word({requestMetadata.project-id}), word({requestMetadata.project}))",
        "team": "word({requestMetadata.team})",
        "user_id": "coalesce(word({requestMetadata.user_id}), word({identity.arn}))",
        "environment": "word({requestMetadata.environment})",
        "status": "status_of({errorCode}, {errorCode} IS NOT NULL)",
        "error": "word({errorCode})",
        "finish_reason": "finish(coalesce({output.outputBodyJson.stopReason}, {output.outputBodyJson.stop_reason}))",
        "max_output_tokens": "tokens(coalesce({input.inputBodyJson.inferenceConfig.maxTokens}, "
        "{input.inputBodyJson.max_tokens}))",
        "batch": "{operation} = 'CreateModelInvocationJob'",
        "prompt": "coalesce({input.inputBodyJson.messages}, {input.inputBodyJson.prompt})",
        "system_prompt": "{input.inputBodyJson.system}",
    },
    precedence=20,
)
