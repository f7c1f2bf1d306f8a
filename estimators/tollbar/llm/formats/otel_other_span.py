"""OpenTelemetry spans of agents and tools: what is spent within them stands in the spans of the calls."""

from __future__ import annotations

from tollbar.llm.log_format import NO_RECORDS, LogFormat

FORMAT = LogFormat(
    name="otel_other_span",
    title="OpenTelemetry span of an agent or a tool",
    source="OpenTelemetry semantic conventions for generative AI (Development), gen_ai.operation.name",
    recognised_by={
        'attributes."gen_ai.operation.name"': "invoke_agent|create_agent|execute_tool|invoke_workflow|retrieval"
    },
    records=NO_RECORDS,
    unit="no call",
    precedence=41,
)
