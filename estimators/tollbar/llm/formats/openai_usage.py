"""OpenAI's usage report: sums of many calls by model, project and user, in buckets of time.

Text and audio are counted apart; the text input holds the cached tokens.
"""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat

FORMAT = LogFormat(
    name="openai_usage",
    title="OpenAI usage report",
    source="OpenAI's API, GET /v1/organization/usage/completions",
    recognised_by={"num_model_requests": PRESENT, "input_tokens": PRESENT, "model": PRESENT},
    columns={
        "time": "moment({start_time})",
        "time_text": "{start_time}",
        "requests": "tokens({num_model_requests})",
        "provider": "'openai'",
        "logged_model": "word({model})",
        "project": "word({project_id})",
        "user_id": "coalesce(word({user_id}), word({api_key_id}))",
        "status": "'ok'",
        "input_uncached": "less(tokens({input_tokens}), tokens({input_cached_tokens}))",
        "cache_read": "tokens({input_cached_tokens})",
        "output_visible": "tokens({output_tokens})",
        "input_audio": "tokens({input_audio_tokens})",
        "output_audio": "tokens({output_audio_tokens})",
        "batch": "lower({batch}) = 'true'",
        "service_tier": "nullif(word({service_tier}), 'default')",
    },
    unit="a sum of calls",
    precedence=15,
)
