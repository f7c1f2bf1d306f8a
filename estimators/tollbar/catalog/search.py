"""Finding prices by the words people use: which names a word stands for, and which of the matches come first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "alb": ("load_balancing/%application",),
    "clb": ("load_balancing/%classic",),
    "nlb": ("load_balancing/%network",),
    "elb": ("load_balancing",),
    "egress": ("data_transfer%internet", "bandwidth", "network%internet"),
    "postgresql": ("postgres",),
    "vm": ("virtual_machines", "instance"),
    "k8s": ("kubernetes", "eks", "gke", "aks"),
    "gcs": ("cloud_storage",),
    "pd": ("disk",),
    "pubsub": ("pub_sub",),
    "cloudrun": ("cloud_run",),
    "cloudsql": ("cloud_sql",),
    "bigquery": ("big_query",),
    "cosmosdb": ("cosmos_db", "cosmos"),
    "dynamo": ("dynamodb",),
    "ipv4": ("ipv4", "address"),
    "gb-second": ("duration",),
    "memory": ("memory", "ram"),
    "ram": ("ram", "memory"),
    "bucket": ("storage",),
    "apigw": ("api_gateway",),
    "apigateway": ("api_gateway",),
    "cached": ("cache_read", "cached"),
    "tokens": ("tokens",),
    "price": ("",),
    "pricing": ("",),
    "cost": ("",),
    "per": ("",),
    "hour": ("",),
    "hourly": ("",),
    "month": ("",),
    "google": ("gcp",),
    "amazon": ("aws",),
    "microsoft": ("azure",),
}
"""What a word stands for besides itself, as patterns in which % stands for anything."""

_UNUSUAL = re.compile(
    r"dedicated|host|windows|rhel|suse|sql|spot|reserved|committed|commitment|savings|licen[cs]e|multi_az|"
    r"sustained|custom|batch|flex|priority|zrs|gzrs|grs|ha|regional|preview|dev_test|low_priority|estimate"
)
"""Variants that people name when they mean them; without a word of theirs the plain price comes first."""


def names_of(word: str) -> tuple[str, ...]:
    """Return the patterns that a word of a search stands for, itself first; % stands for anything."""
    plain = word.lower().strip(",;:()\"'")
    return tuple(dict.fromkeys((_literally(plain), *_OTHER_NAMES.get(plain, ()))))


def ranked(paths: Iterable[str], words: Sequence[str]) -> list[str]:
    """Return paths, those first in which the words stand as whole names and that are the plain variant."""
    asked = [word.lower() for word in words]
    return sorted(paths, key=lambda path: _rank(path, asked))


def _rank(path: str, words: Sequence[str]) -> tuple[int, int, int, str]:
    segments = path.split("/")
    fit = sum(_fit(word, segments) for word in words)
    unusual = sum(1 for segment in segments if _UNUSUAL.search(segment) and not any(word in segment for word in words))
    return fit, unusual, len(segments), path


def _fit(word: str, segments: Sequence[str]) -> int:
    """Return 0 where a word is a whole segment, 1 a name in one, 2 the beginning of one, 3 a part, 4 none."""
    if word in segments:
        return 0
    names = {name for segment in segments for name in re.split(r"[._-]", segment)}
    if word in names:
        return 1
    if any(segment.startswith(word) for segment in (*segments, *names)):
        return 2
    return 3 if any(word in segment for segment in segments) else 4


def _literally(word: str) -> str:
    """Return a word that LIKE takes for itself, ``!`` being the escape; a space or hyphen may be an underscore."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
