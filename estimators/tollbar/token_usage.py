"""The tokens of one call of a language model, in buckets that never overlap.

Providers count differently: OpenAI's prompt tokens hold the cached ones and its completion tokens the reasoning,
Anthropic's input tokens hold neither cache reads nor writes, Gemini's candidates not the thoughts. Whoever reads a
provider's numbers takes them apart here, so that no token is counted, or paid for, twice.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens of a call. Text unless the name says otherwise; each token is in one bucket only."""

    input_uncached: int = 0
    cache_read: int = 0
    cache_write_5m: int = 0
    cache_write_1h: int = 0
    output_visible: int = 0
    reasoning: int = 0
    input_audio: int = 0
    cache_read_audio: int = 0
    output_audio: int = 0
    input_image: int = 0
    output_image: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            ValueError: A bucket holds less than nothing.
        """
        below = [field.name for field in fields(self) if getattr(self, field.name) < 0]
        if below:
            raise ValueError(f"less than 0 tokens: {', '.join(below)}")

    @property
    def total_input(self) -> int:
        """All tokens that went in, whatever they cost: what decides the size of a request."""
        return (
            self.input_uncached
            + self.cache_read
            + self.cache_write_5m
            + self.cache_write_1h
            + self.input_audio
            + self.cache_read_audio
            + self.input_image
        )

    @property
    def total_output(self) -> int:
        """All tokens that came out, reasoning included."""
        return self.output_visible + self.reasoning + self.output_audio + self.output_image

    @property
    def total(self) -> int:
        """All tokens of the call."""
        return self.total_input + self.total_output
