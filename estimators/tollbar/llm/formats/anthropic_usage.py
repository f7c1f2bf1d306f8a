"""Anthropic's usage report: sums of many calls by model, workspace and key; no kind of token holds another.

It does not say how many calls there were.
"""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat

FORMAT = LogFormat(
    name="anthropic_usage",
    title="Anthropic usage report",
    source="Anthropic's Admin API, GET /v1/organizations/usage_report/messages",
    recognised_by={"uncached_input_tokens": PRESENT, "output_tokens": PRESENT},
    columns={
        "time": "moment({start_time})",
        "time_text": "{start_time}",
        "requests": "CAST(NULL AS BIGINT)",
        "provider": "'anthropic'",
        "logged_model": "word({model})",
        "project": "word({workspace_id})",
        "user_id": "word({api_key_id})",
        "status": "'ok'",
        "input_uncached": "tokens({uncached_input_tokens})",
        "cache_read": "tokens({cache_read_input_tokens})",
        "cache_write_5m": "tokens({cache_creation.ephemeral_5m_input_tokens})",
        "cache_write_1h": "tokens({cache_creation.ephemeral_1h_input_tokens})",
        "output_visible": "tokens({output_tokens})",
        "service_tier": "nullif(word({service_tier}), 'standard')",
        "batch": "{service_tier} = 'batch'",
    },
    unit="a sum of calls",
    precedence=15,
)
