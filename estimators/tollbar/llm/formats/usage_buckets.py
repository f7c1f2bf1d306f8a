"""A bucket of a usage report, of OpenAI's or Anthropic's: its results, each with the bucket's start."""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat

FORMAT = LogFormat(
    name="usage_buckets",
    title="Bucket of a usage or cost report",
    source="OpenAI's API, GET /v1/organization/usage; Anthropic's, GET /v1/organizations/usage_report/messages",
    recognised_by={"results": PRESENT, "start_time|starting_at": PRESENT},
    records="list_transform(json_extract(json, '$.results[*]'), lambda r: json_merge_patch(r, json_object("
    "'start_time', coalesce(json_extract(json, '$.start_time'), json_extract(json, '$.starting_at')))))",
    unit="several sums",
    precedence=10,
)
