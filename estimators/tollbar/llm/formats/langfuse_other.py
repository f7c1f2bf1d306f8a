"""Langfuse's spans, events, agents and tools: no calls of a model."""

from __future__ import annotations

from tollbar.llm.log_format import NO_RECORDS, LogFormat

FORMAT = LogFormat(
    name="langfuse_other",
    title="Langfuse span or event",
    source="langfuse 5.0.4, ObservationType",
    recognised_by={"type": "SPAN|EVENT|AGENT|TOOL|CHAIN|RETRIEVER|EVALUATOR|GUARDRAIL"},
    records=NO_RECORDS,
    unit="no call",
    precedence=37,
)
