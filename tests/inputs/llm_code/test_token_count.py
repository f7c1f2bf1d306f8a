"""Tokens of a text: OpenAI's models exactly, others by the ratio their vendor states."""

import time

import pytest

from tollbar.inputs.llm_code.token_count import TokenCount, count

PANGRAM = "The quick brown fox jumps over the lazy dog."


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gpt-4o", TokenCount(10, is_exact=True)),
        ("gpt-4o-mini-2024-07-18", TokenCount(10, is_exact=True)),
        ("openai/gpt-4.1", TokenCount(10, is_exact=True)),
        ("ft:gpt-4o-mini:acme::abc", TokenCount(10, is_exact=True)),
        ("o1-pro", TokenCount(10, is_exact=True)),
        ("gpt-3.5-turbo", TokenCount(10, is_exact=True)),
        ("gpt-6-sol", TokenCount(10, is_exact=False)),  # younger than the table of vocabularies
        ("claude-3-5-sonnet-20241022", TokenCount(13, is_exact=False)),  # 44 / 3.5
        ("claude-opus-4-20250514", TokenCount(13, is_exact=False)),  # a date is no version
        ("us.anthropic.claude-opus-4-7-v1:0", TokenCount(17, is_exact=False)),  # 44 / 2.7
        ("claude-sonnet-5", TokenCount(17, is_exact=False)),
        ("gemini-2.5-flash", TokenCount(11, is_exact=False)),
        ("mistral-large", TokenCount(11, is_exact=False)),
        ("o3x", TokenCount(11, is_exact=False)),
        (None, TokenCount(11, is_exact=False)),
    ],
)
def test_each_model_by_its_vocabulary_or_its_vendors_ratio(model: str | None, expected: TokenCount) -> None:
    """The pangram is 44 characters."""
    assert count(PANGRAM, model) == expected


@pytest.mark.parametrize(
    ("text", "model", "tokens"),
    [
        ("naïve café, 東京", "gpt-4o", 6),
        ("naïve café, 東京", "gpt-4", 8),  # the older vocabulary knows less of Japanese
        ("東京", "gemini-2.5-flash", 2),  # six bytes
        ("", "gpt-4o", 0),
        ("", None, 0),
        ("\ud800", "gpt-4o", 1),
        ("<|endoftext|>", "gpt-4o", 7),  # text, not the mark
    ],
)
def test_other_scripts_and_odd_texts(text: str, model: str | None, tokens: int) -> None:
    """A prompt may hold anything."""
    assert count(text, model).tokens == tokens


def test_two_megabytes_take_a_moment() -> None:
    """The package's own counting refuses so long a text."""
    count(PANGRAM, "gpt-4o")  # loads the vocabulary
    started = time.perf_counter()
    assert count(f"{PANGRAM} " * 45_000, "gpt-4o") == TokenCount(450_001, is_exact=True)
    assert time.perf_counter() - started < 3  # 0.15 s on an idle core
