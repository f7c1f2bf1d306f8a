"""JSON as Go writes it: compact, keys in order, ``<``, ``>`` and ``&`` escaped."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from tollbar.inputs.hcl.values import as_text

if TYPE_CHECKING:
    from tollbar.inputs.hcl.values import Value

_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_text(value: Value) -> str:
    """Return a value as ``jsonencode`` writes it."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json_text(name)}:{json_text(item)}" for name, item in sorted(value.items())) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(json_text, value)) + "]"
    if isinstance(value, Decimal):
        return as_text(value)
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)
