"""Whether a text is the name of a language model, by the families of the vendors' lists of models.

A model that is too young for the price tables is one, too: that it has no price is what a reader wants to know.
Families are those in the model lists of OpenAI, Anthropic, Google, Amazon, Meta, Mistral, Cohere, DeepSeek, xAI,
Alibaba, Moonshot, Zhipu, Perplexity, AI21, Microsoft, NVIDIA and Voyage, read 2026-11.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.inputs.llm_code.call_site import Operation

_FAMILIES = (
    r"gpt-(\d|oss|image|realtime|audio)", r"chatgpt-", r"o[1-9](-(mini|pro|preview|deep-research)|$|-\d{4})",
    r"text-embedding-", r"text-(davinci|curie|babbage|ada|bison|unicorn|moderation)-", r"davinci-002|babbage-002",
    r"dall-e-\d", r"whisper-", r"tts-1", r"omni-moderation-", r"computer-use-preview", r"codex-mini", r"sora-\d",
    r"claude-", r"anthropic\.claude-",
    r"(us|eu|apac|jp|au|global|us-gov)\.(anthropic|amazon|meta|mistral|deepseek)\.",
    r"gemini-(\d|pro|flash|exp|embedding|ultra|live|nano)", r"gemma-?\d", r"imagen-?\d", r"veo-\d", r"learnlm-",
    r"(chat|code)-bison", r"amazon\.(nova|titan|rerank)-", r"titan-(embed|text)-",
    r"nova-(micro|lite|pro|premier|canvas|sonic|reel)", r"(meta[.-])?llama-?v?\d", r"codellama|code-llama",
    r"(open-)?mi(s|x)tral-", r"mistral\.", r"codestral", r"pixtral-", r"(mini|magi|dev)stral-",
    r"command-(r|a|light|nightly|text)", r"command$", r"cohere\.(command|embed|rerank)-",
    r"rerank-(v|english|multilingual)", r"embed-(v|english|multilingual)", r"deepseek-(chat|reasoner|coder|v\d|r\d)",
    r"deepseek\.", r"grok-(\d|beta|vision|code|build)", r"qwen-?\d|qwen-(max|plus|turbo|long|vl)|qwq-",
    r"kimi-(k\d|latest|thinking)|moonshot-v\d", r"glm-\d", r"minimax-(m\d|text)", r"sonar(-(pro|reasoning|deep)|$)",
    r"jamba-|ai21\.", r"phi-?[1-9](\.\d)?(-|$)", r"nemotron-",
    r"voyage-(\d|code|law|finance|large|multilingual|context)", r"(text-)?embedding-(gecko|\d)",
    r"yi-(\d|large|medium)", r"dbrx-", r"stable-diffusion-|sd3",
)  # fmt: skip
_MODEL = re.compile(rf"(?:[A-Za-z0-9_-]+[/:]){{0,3}}(?:ft:)?(?:{'|'.join(_FAMILIES)})[\w.:/@-]*", re.IGNORECASE)
_LONGEST = 120
_OPERATIONS: tuple[tuple[str, Operation], ...] = (
    (r"embed|voyage-|titan-embed", "embeddings"),
    (r"rerank", "rerank"),
    (r"dall-e|gpt-image|imagen|stable-diffusion|sd3|nova-canvas|titan-image|flash-image", "image"),
    (r"whisper|tts-|-transcribe|-tts", "audio"),
    (r"moderation", "moderation"),
)


def is_model_name(text: str) -> bool:
    """Whether a text is a model's name as a whole, with or without a provider before it."""
    return len(text) <= _LONGEST and _MODEL.fullmatch(text) is not None


def operation_of(model: str) -> Operation:
    """Return what a model is for, by its name."""
    return next((operation for part, operation in _OPERATIONS if re.search(part, model.lower())), "chat")
