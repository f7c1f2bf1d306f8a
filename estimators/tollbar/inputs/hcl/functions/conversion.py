"""Type conversion functions: https://developer.hashicorp.com/terraform/language/functions/tobool and following."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.inputs.hcl.functions.function import Function
from tollbar.inputs.hcl.values import as_flag, as_items, as_mapping, as_number, as_text, set_of, unified

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.hcl.values import Value


def _same(value: Value) -> Value:
    return value


def _to_list(value: Value) -> Value:
    return None if value is None else unified(as_items(value))


def _to_map(value: Value) -> Value:
    if value is None:
        return None
    mapping = as_mapping(value)
    return dict(zip(mapping, unified(list(mapping.values())), strict=True))


def _to_set(value: Value) -> Value:
    return None if value is None else set_of(unified(as_items(value)))


CONVERSION_FUNCTIONS: Mapping[str, Function] = {
    "ephemeralasnull": Function(_same, "handled"),
    "issensitive": Function(lambda _: False),
    "nonsensitive": Function(_same, "handled"),
    "sensitive": Function(_same, "handled"),
    "tobool": Function(lambda value: None if value is None else as_flag(value)),
    "tolist": Function(_to_list),
    "tomap": Function(_to_map),
    "tonumber": Function(lambda value: None if value is None else as_number(value)),
    "toset": Function(_to_set, "anywhere"),
    "tostring": Function(lambda value: None if value is None else as_text(value)),
}
