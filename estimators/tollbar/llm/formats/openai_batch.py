"""The output file of OpenAI's batch API: an answer (chat, response or embedding) or an error for each request."""

from __future__ import annotations

from tollbar.llm.log_format import PRESENT, LogFormat, Shape

FORMAT = LogFormat(
    name="openai_batch",
    title="OpenAI batch output",
    source="OpenAI's guide to the batch API; openai-python 3.52.0, types/batch.py",
    recognised_by={"record:custom_id": PRESENT, "record:response.body|record:error": PRESENT},
    shapes=(Shape("$.response.body"),),
    columns={
        "input_uncached": "less(tokens(coalesce({usage.prompt_tokens}, {usage.input_tokens})), "
        "tokens(coalesce({usage.prompt_tokens_details.cached_tokens}, {usage.input_tokens_details.cached_tokens})))",
        "cache_read": "tokens(coalesce({usage.prompt_tokens_details.cached_tokens}, "
        "{usage.input_tokens_details.cached_tokens}))",
        "output_visible": "less(tokens(coalesce({usage.completion_tokens}, {usage.output_tokens})), "
        "tokens(coalesce({usage.completion_tokens_details.reasoning_tokens}, "
        "{usage.output_tokens_details.reasoning_tokens})))",
        "reasoning": "tokens(coalesce({usage.completion_tokens_details.reasoning_tokens}, "
        "{usage.output_tokens_details.reasoning_tokens}))",
        "time": "moment(coalesce({created}, {created_at}))",
        "time_text": "coalesce({created}, {created_at})",
        "requests": "1",
        "trace_id": "coalesce(word({record:custom_id}), word({id}))",
        "provider": "'openai'",
        "logged_model": "word({model})",
        "status": "status_of(coalesce(word({record:error.code}), word({error.code}), {record:response.status_code}), "
        "{record:error} IS NOT NULL)",
        "error": "coalesce(word({record:error.code}), word({error.code}))",
        "finish_reason": "finish(coalesce({choices[0].finish_reason}, {incomplete_details.reason}, {status}))",
        "batch": "true",
    },
    precedence=40,
)
