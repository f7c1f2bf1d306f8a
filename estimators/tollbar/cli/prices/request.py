"""Checking what a refresh is asked for, before anything is fetched."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tollbar.catalog.region_names import region_codes, regions_of
from tollbar.errors import ConfigError
from tollbar.spelling import nearest_or_all, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.catalog.lookup import SnapshotCatalog

_AGES = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_WITHOUT_SCHEME = "gcp"
"""The source whose endpoint may be ``host:port``, as Google's own client takes it."""


def age(text: str | None) -> timedelta | None:
    """Return a time such as ``24h``.

    Raises:
        ConfigError: It is none.
    """
    if text is None:
        return None
    parts = re.fullmatch(r"(\d+) ?([mhd])", text.strip())
    try:
        return int(parts[1]) * _AGES[parts[2]] if parts else _no_age(text)
    except (OverflowError, ValueError):  # more days than a timedelta counts, more digits than Python reads
        return _no_age(text)


def _no_age(text: str) -> timedelta:
    raise ConfigError(f"--max-age {quoted(text)} is not a time", hint="Write it as 90m, 24h or 7d.")


def check_endpoint(source: str, endpoint: str | None) -> None:
    """Refuse an endpoint that is no address.

    Raises:
        ConfigError: It is not http:// or https:// with a host; for gcp it may also be ``host:port``.
    """
    if endpoint is None or _is_address(endpoint):
        return
    if source == _WITHOUT_SCHEME and re.fullmatch(r"[^/]+:\d+", endpoint) and _is_address(f"https://{endpoint}"):
        return
    also = ", or host:port" if source == _WITHOUT_SCHEME else ""
    raise ConfigError(
        f"--endpoint {quoted(endpoint)} is no address", hint=f"Write it as http://host:port or https://host{also}."
    )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port_is_valid = parts.port is None or parts.port > 0  # reading it raises ValueError over 65535
        (parts.hostname or "").encode("idna")  # as the HTTP client will; a UnicodeError is a ValueError
    except ValueError:
        return False
    is_plain = text.isprintable() and " " not in text
    return is_plain and port_is_valid and parts.scheme in {"http", "https"} and bool(parts.hostname)


def regions_to_read(source: str, asked: Sequence[str], embedded: SnapshotCatalog) -> tuple[str, ...]:
    """Return the codes of the regions asked for, of the source's cloud; what has no regions takes any.

    Known are the regions that people have names for, and those of the embedded prices.

    Raises:
        ConfigError: The cloud has no such region, or several are called so.
    """
    if not asked or not regions_of(source):
        return tuple(asked)
    known = regions_of(source) | embedded.regions_of(source)
    return tuple(dict.fromkeys(_region(source, text, known) for text in asked))


def _region(cloud: str, text: str, known: frozenset[str]) -> str:
    if text.lower() in known:
        return text.lower()
    codes = region_codes(text, cloud)
    if len(codes) > 1:
        raise ConfigError(f"several regions of {cloud} are called {quoted(text)}: {', '.join(codes)}")
    if not codes:
        raise ConfigError(f"{cloud} has no region {quoted(text)}", hint=nearest_or_all(text.lower(), sorted(known)))
    return codes[0]
