"""How many tokens a text is for a model: counted with its own vocabulary, or estimated by a ratio its vendor states.

Vocabularies: tiktoken's table of models (github.com/openai/tiktoken, tiktoken/model.py, read 2026-11) says which of
OpenAI's two a model reads; bpe-openai has both in its wheel, so nothing is downloaded. Ratios, read 2026-11:

- Claude: 3.5 characters a token (platform.claude.com, "Glossary"); 30 % more tokens for the same text since
  Opus 4.7 (the same, "Token counting"), so 2.7 characters.
- Gemini: about 4 characters a token (ai.google.dev, "Understand and count tokens").
- All others: 4, what OpenAI says of English (help.openai.com, "What are tokens and how to count them").

The ratios hold for English. What counts are bytes of UTF-8, which are characters in English and two or three times as
many in other scripts, whose texts take more tokens.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from math import ceil
from typing import Any, NamedTuple, Protocol, cast

from tollbar.errors import InputError

_NEW_GPT = re.compile(r"(gpt-[6-9]|o[5-9])(?![0-9])")
"""Models younger than the table: counted with the youngest vocabulary, which need not be theirs."""
_O200K = re.compile(r"(chatgpt-4o|gpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|gpt-oss|o[134])(?![a-z0-9])")
_CL100K = re.compile(r"(gpt-4|gpt-3\.5|gpt-35|text-embedding-(ada|3))(?![0-9])")
_CLAUDE_VERSION = re.compile(r"claude-[a-z]+-(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)")
_NEW_CLAUDE = (4, 7)
_CLAUDE_RATIO, _NEW_CLAUDE_RATIO, _RATIO = 3.5, 2.7, 4.0


class _Tokenizer(Protocol):
    def count(self, text: str) -> int: ...


class TokenCount(NamedTuple):
    """The tokens of a text. ``is_exact``: counted with the model's own vocabulary, not estimated by a ratio."""

    tokens: int
    is_exact: bool


def count(text: str, model: str | None) -> TokenCount:
    """Return how many tokens a text is for a model; what a chat adds to each message (3 or 4 tokens) is not in it.

    Raises:
        InputError: The package bpe-openai is not installed.
    """
    name = _plain_name(model)
    vocabulary = _vocabulary(name)
    if vocabulary is None:
        return TokenCount(ceil(len(_bytes(text)) / _ratio(name)), is_exact=False)
    is_exact = _NEW_GPT.match(name) is None
    return TokenCount(_tokenizer(vocabulary).count(_bytes(text).decode()), is_exact)


def _plain_name(model: str | None) -> str:
    """Return a model's name without what leads to it: ``azure/gpt-4o``, ``ft:gpt-4o:acme``, ``openai.gpt-oss-…``."""
    name = (model or "").lower().rpartition("/")[2]
    return name.removeprefix("ft:").removeprefix("openai.")


def _vocabulary(name: str) -> str | None:
    if _O200K.match(name) or _NEW_GPT.match(name):
        return "o200k_base"
    return "cl100k_base" if _CL100K.match(name) else None


def _ratio(name: str) -> float:
    if "claude" not in name:
        return _RATIO
    version = _CLAUDE_VERSION.search(name)
    is_new = version is not None and (int(version[1]), int(version[2] or 0)) >= _NEW_CLAUDE
    return _NEW_CLAUDE_RATIO if is_new else _CLAUDE_RATIO


def _bytes(text: str) -> bytes:
    """Return UTF-8; half of a surrogate pair, which source code can write, counts as one character."""
    return text.encode(errors="replace")


@cache
def _tokenizer(vocabulary: str) -> _Tokenizer:
    return cast(_Tokenizer, _bindings().tokenizer_for_encoding(vocabulary))


def _bindings() -> Any:  # noqa: ANN401 -- a compiled module without types
    """Return what the package wraps, without its own Python code.

    That takes a second to read the vocabularies once more for functions which are not used here, and refuses texts of
    more than 200,000 tokens.
    """
    name = "bpe_openai._bindings"
    package = find_spec("bpe_openai")
    compiled = None if package is None else PathFinder.find_spec(name, package.submodule_search_locations)
    if compiled is None or compiled.loader is None:
        raise InputError(
            "tokens of a prompt are counted with the package bpe-openai, which is not installed",
            hint="pip install 'tollbar[code]'",
        )
    if name not in sys.modules:
        module = module_from_spec(compiled)
        compiled.loader.exec_module(module)
        sys.modules[name] = module  # a compiled module may be loaded only once
    return sys.modules[name]
