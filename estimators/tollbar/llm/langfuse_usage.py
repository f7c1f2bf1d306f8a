"""The usage of a Langfuse observation, as disjoint buckets."""

from __future__ import annotations


def _count(usage: str, *names: str) -> str:
    return f"tokens(coalesce({', '.join(f'{{{usage}.{name}}}' for name in names)}))"


def usage_columns(usage: str) -> dict[str, str]:
    """Return the bucket columns for usage details that stand at a place.

    Each kind is counted by itself, with names that differ by SDK. Where the total is that of input and output without
    the reasoning, the output holds it.
    """
    cached = _count(usage, "input_cached_tokens", "cache_read_input_tokens", "input_cache_read", "input_cached")
    written = _count(usage, "input_cache_creation_5m", "cache_creation_input_tokens", "input_cache_creation")
    hour = _count(usage, "input_cache_creation_1h")
    reasoning = _count(usage, "output_reasoning_tokens", "output_reasoning", "reasoning_tokens")
    audio_in = _count(usage, "input_audio_tokens", "input_audio")
    audio_out = _count(usage, "output_audio_tokens", "output_audio")
    plain = f"tokens(coalesce({{{usage}.input}}, {{{usage}.prompt_tokens}}, {{usage.input}}, {{usage.promptTokens}}))"
    others = f"{{{usage}.output}}, {{{usage}.completion_tokens}}, {{usage.output}}, {{usage.completionTokens}}"
    output = f"tokens(coalesce({others}))"
    beside = " + ".join(f"coalesce({count}, 0)" for count in (cached, written, hour, audio_in, audio_out))
    return {
        "input_uncached": plain,
        "cache_read": cached,
        "cache_write_5m": written,
        "cache_write_1h": hour,
        "output_visible": f"CASE WHEN {reasoning} > 0 AND tokens({{{usage}.total}}) = {plain} + {output} + {beside} "
        f"THEN {output} - {reasoning} ELSE {output} END",
        "reasoning": reasoning,
        "input_audio": audio_in,
        "output_audio": audio_out,
    }
