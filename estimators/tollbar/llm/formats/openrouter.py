"""OpenRouter's answers: OpenAI's usage with the cost beside it."""

from __future__ import annotations

from dataclasses import replace

from tollbar.llm.formats.openai_chat import FORMAT as OPENAI_CHAT
from tollbar.llm.log_format import PRESENT

FORMAT = replace(
    OPENAI_CHAT,
    name="openrouter",
    title="OpenRouter answer",
    source="OpenRouter's documentation, usage accounting",
    recognised_by={"usage.prompt_tokens": PRESENT, "usage.cost": PRESENT, "model": PRESENT},
    columns={**OPENAI_CHAT.columns, "provider": "'openrouter'", "logged_cost_usd": "usd({usage.cost})"},
    precedence=58,
)
