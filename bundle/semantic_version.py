"""Which version a change of the rule set demands, by the rules in docs/bundle.md.

``python -m bundle.semantic_version`` says what changed since the last release, and fails where the version in
rego/tollbar/version/data.json is too low for it.
"""  # noqa: INP001 -- a script, in no package

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bundle.release_manifest import ROOT, last_release, manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOWER_IS_WIDER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_HIGHER_IS_WIDER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_SCHEMAS_WITHIN = ("items", "additionalProperties", "propertyNames")
_COMPARED = {"type", "enum", "properties", "required", *_LOWER_IS_WIDER, *_HIGHER_IS_WIDER, *_SCHEMAS_WITHIN, "default"}
_QUIET_MODES = {"off", "advisory", "warn"}


@dataclass(frozen=True)
class Change:
    """What changed, and whether it can break those who rely on the rule set."""

    level: Literal["major", "minor"]
    text: str


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Return what changed from one manifest to another, in the order of the manifests."""
    return [
        *_rule_changes(old["rules"], new["rules"]),
        *_field_changes("the settings'", old["settings"], new["settings"]),
        *_field_changes("the input's", old["input"], new["input"]),
    ]


def demanded_version(old: str, found: list[Change]) -> str:
    """Return the lowest version that may follow ``old`` with the changes found.

    Before 1.0.0 there is no promise to break: what would be major raises the minor number.
    """
    major, minor, _ = parts(old)
    levels = {change.level for change in found}
    if not levels:
        return old
    return f"{major + 1}.0.0" if "major" in levels and major else f"{major}.{minor + 1}.0"


def parts(version: str) -> tuple[int, int, int]:
    """Return the three numbers of a version."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def _rule_changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for code, rule in old.items():
        if code not in new:
            yield Change("major", f"{code} {rule['name']} is gone")
        elif new[code]["name"] != rule["name"]:
            yield Change("major", f"{code} was {rule['name']} and is {new[code]['name']}")
        else:
            yield from _changes_of_rule(f"{code} {rule['name']}", rule, new[code])
    for code, rule in new.items():
        if code not in old:
            level: Literal["major", "minor"] = "minor" if rule["mode"] in _QUIET_MODES else "major"
            yield Change(level, f"{code} {rule['name']} is new, in mode {rule['mode']}")


def _changes_of_rule(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    if old["mode"] != new["mode"]:
        yield Change("major", f"{name}: the default mode was {old['mode']} and is {new['mode']}")
    for param, schema in old["params"].items():
        if param not in new["params"]:
            yield Change("major", f"{name}: the parameter {param} is gone")
            continue
        if schema["default"] != new["params"][param]["default"]:
            yield Change("major", f"{name}: the parameter {param} has another default")
        yield from _schema_change(f"{name}: the parameter {param}", schema, new["params"][param])
    for param in new["params"].keys() - old["params"].keys():
        yield Change("minor", f"{name}: the parameter {param} is new")


def _field_changes(whose: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for field, schema in old.items():
        if field not in new:
            yield Change("major", f"{whose} {field} is gone")
            continue
        if new[field].get("required") and not schema.get("required"):
            yield Change("major", f"{whose} {field} is now required")
        yield from _schema_change(f"{whose} {field}", _without_required(schema), _without_required(new[field]))
    for field in sorted(new.keys() - old.keys()):
        parent = field.rpartition(".")[0] if "." in field else ""
        if field.endswith("[]"):
            parent = field[:-2]
        if parent and parent not in old:
            continue  # what is below a new field is part of it
        needed = new[field].get("required", False)
        yield Change("major" if needed else "minor", f"{whose} {field} is new{' and required' if needed else ''}")


def _without_required(field: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in field.items() if key != "required"}


def _schema_change(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    if not accepts_all_of(new, old):
        yield Change("major", f"{name} accepts less, or something else")
    elif not accepts_all_of(old, new):
        yield Change("minor", f"{name} accepts more")


def accepts_all_of(new: Any, old: Any) -> bool:  # noqa: ANN401 -- a JSON Schema: an object, true or false
    """Return whether a schema surely accepts whatever another does. What cannot be told is a no."""
    if isinstance(new, bool) or isinstance(old, bool):
        return new is True or old is False
    return (
        _types(old) <= _types(new)
        and ("enum" not in new or ("enum" in old and _set(old["enum"]) <= _set(new["enum"])))
        and all(key not in new or (key in old and new[key] <= old[key]) for key in _LOWER_IS_WIDER)
        and all(key not in new or (key in old and new[key] >= old[key]) for key in _HIGHER_IS_WIDER)
        and set(new.get("required", ())) <= set(old.get("required", ()))
        and all(accepts_all_of(new.get(key, True), old.get(key, True)) for key in _SCHEMAS_WITHIN)
        and _accepts_properties_of(new, old)
        and all(key in old and old[key] == new[key] for key in new.keys() - _COMPARED)
    )


def _accepts_properties_of(new: dict[str, Any], old: dict[str, Any]) -> bool:
    news, olds = new.get("properties", {}), old.get("properties", {})
    others_old, others_new = old.get("additionalProperties", True), new.get("additionalProperties", True)
    return all(
        accepts_all_of(news.get(name, others_new), olds.get(name, others_old)) for name in news.keys() | olds.keys()
    )


def _types(schema: dict[str, Any]) -> set[str]:
    given = schema.get("type", ["array", "boolean", "null", "number", "object", "string"])
    types = {given} if isinstance(given, str) else set(given)
    return types | {"integer"} if "number" in types else types


def _set(values: list[Any]) -> set[str]:
    return {repr(value) for value in values}


def main() -> int:
    """Print what changed since the last release, and fail if the version is too low for it."""
    old, new = last_release(), manifest(ROOT / "rego")
    found = changes(old, new)
    for change in found:
        print(f"{change.level}: {change.text}")  # noqa: T201 -- a script
    needed = demanded_version(old["version"], found)
    print(f"{old['version']} is released, this is {new['version']}, at least {needed} is right")  # noqa: T201 -- as above
    return 0 if parts(new["version"]) >= parts(needed) else 1


if __name__ == "__main__":
    sys.exit(main())
