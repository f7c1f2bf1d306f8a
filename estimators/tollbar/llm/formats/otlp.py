"""OpenTelemetry's OTLP as JSON: many spans a line, attributes as lists of typed values, whole numbers as texts.

Spans that say nothing of generative AI are left out.
"""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat

_SPAN = """lambda x: json_object(
    'traceId', json_extract(x, '$.traceId'), 'spanId', json_extract(x, '$.spanId'), 'name', json_extract(x, '$.name'),
    'startTimeUnixNano', json_extract(x, '$.startTimeUnixNano'),
    'endTimeUnixNano', json_extract(x, '$.endTimeUnixNano'),
    'status', json_extract(x, '$.status'), 'attributes', otlp_attributes(json_extract(x, '$.attributes')),
    'resource', json_object('attributes', otlp_attributes(json_extract(r, '$.resource.attributes'))))"""

FORMAT = LogFormat(
    name="otlp",
    title="OpenTelemetry OTLP (JSON)",
    source="OpenTelemetry protocol 1.x, ExportTraceServiceRequest in JSON",
    recognised_by={"resourceSpans": PRESENT},
    records=f"""flatten(list_transform(json_extract(json, '$.resourceSpans[*]'), lambda r: list_transform(
    list_filter(json_extract(r, '$.scopeSpans[*].spans[*]'), lambda x: contains(CAST(x AS VARCHAR), '"gen_ai.')),
    {_SPAN})))""",
    unit="several spans",
    precedence=10,
)
