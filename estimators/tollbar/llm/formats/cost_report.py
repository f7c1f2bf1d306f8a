"""A line of a cost report, of OpenAI's or Anthropic's: money without tokens, no call."""

from __future__ import annotations

from tollbar.llm.log_format import NO_RECORDS, PRESENT, LogFormat

FORMAT = LogFormat(
    name="cost_report",
    title="OpenAI or Anthropic cost report",
    source="OpenAI's API, GET /v1/organization/costs; Anthropic's, GET /v1/organizations/cost_report",
    recognised_by={"amount": PRESENT, "line_item|cost_type|description": PRESENT},
    records=NO_RECORDS,
    unit="no call",
    precedence=16,
)
