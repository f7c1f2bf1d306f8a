"""The first letters of a prompt, secrets masked, as an SQL macro: the only text of a prompt that is shown."""

from __future__ import annotations

_MASKED = (
    (r"[\w.+-]+@[\w-]+\.[\w.-]+", "[email]"),
    (r"(?i)bearer\s+[\w.~+/-]+=*", "[token]"),
    (r"\b(sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs]|hf)[-_][\w-]{8,}", "[key]"),
    (r"\b(AKIA|ASIA)[0-9A-Z]{12,}", "[key]"),
    (r"\bAIza[\w-]{20,}", "[key]"),
    (r"\beyJ[\w-]+\.[\w-]+(\.[\w-]+)?", "[token]"),
    (r"(\+?\d[\d ()./-]{5,}\d)", "[number]"),
    (r"\b(?:[0-9a-fA-F]{16,}|[A-Za-z0-9+/_-]{32,})", "[key]"),
)
"""What an excerpt never shows: addresses, keys, tokens, long numbers."""
_EXCERPT = 80


def masking_macro() -> str:
    """Return the body of ``CREATE MACRO masked(text)``."""
    shown = "regexp_replace(text, '\\s+', ' ', 'g')"
    for pattern, mask in _MASKED:
        shown = f"regexp_replace({shown}, '{pattern}', '{mask}', 'g')"
    return f"masked(text) AS left({shown}, {_EXCERPT})"
