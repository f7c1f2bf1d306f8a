"""The log formats that are known: each module here has one as ``FORMAT``. Adding a format is adding a module."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.llm.log_format import LogFormat


@cache
def all_formats() -> tuple[LogFormat, ...]:
    """Return all formats, in the order in which they are tried."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    formats: list[LogFormat] = [module.FORMAT for module in modules]
    return tuple(sorted(formats, key=lambda known: (known.precedence, known.name)))
