"""A list of records in one, as APIs give pages: ``{"data": [...]}`` or ``[...]``."""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat

FORMAT = LogFormat(
    name="envelope",
    title="Page or list of records",
    source="The list endpoints of OpenAI, Anthropic, Langfuse and Helicone",
    recognised_by={"data[0]|[0]|records[0]|logs[0]": PRESENT},
    records="flatten([json_extract(json, '$.data[*]'), json_extract(json, '$[*]'), json_extract(json, '$.records[*]'), "
    "json_extract(json, '$.logs[*]')])",
    unit="several records",
    precedence=80,
)
