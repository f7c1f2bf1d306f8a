"""The input file of OpenAI's batch API: requests that were not sent yet, no calls."""

from __future__ import annotations

from tollbar.llm.log_format import NO_RECORDS, PRESENT, LogFormat

FORMAT = LogFormat(
    name="openai_batch_input",
    title="OpenAI batch input",
    source="OpenAI's guide to the batch API",
    recognised_by={"custom_id": PRESENT, "method": PRESENT, "url": PRESENT, "body.model": PRESENT},
    records=NO_RECORDS,
    unit="no call",
    precedence=39,
)
