"""What a release promised is kept, and the version says where it is not."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from bundle.release_manifest import RELEASES, fields, last_release, manifest, written
from bundle.semantic_version import accepts_all_of, changes, demanded_version, parts

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

OLD: dict[str, Any] = {
    "version": "1.2.3",
    "rules": {
        "TB101": {
            "name": "environment_limit",
            "mode": "warn",
            "params": {"limit": {"type": "number", "minimum": 0, "default": 5}},
        }
    },
    "settings": {"mode": {"enum": ["warn", "off"]}},
    "input": {
        "resources": {"type": "array", "required": True},
        "resources[]": {"type": "object"},
        "resources[].cost": {"type": "number"},
    },
}


def test_the_version_is_high_enough_for_what_changed_since_the_last_release(opa: Path) -> None:
    old, new = last_release(), manifest(ROOT / "rego", str(opa))
    found = changes(old, new)
    needed = demanded_version(old["version"], found)
    assert parts(new["version"]) >= parts(needed), "\n".join(change.text for change in found)


def test_no_code_of_any_release_has_gone_or_means_another_rule(opa: Path) -> None:
    now = {code: rule["name"] for code, rule in manifest(ROOT / "rego", str(opa))["rules"].items()}
    for file in RELEASES.glob("*.json"):
        released = json.loads(file.read_text(encoding="utf-8"))
        assert file.stem == released["version"]
        names = {code: rule["name"] for code, rule in released["rules"].items()}
        assert {code: now.get(code) for code in names} == names


def test_the_manifest_tells_each_rule_as_its_metadata_do(opa: Path) -> None:
    document = manifest(ROOT / "rego", str(opa))
    for code, rule in document["rules"].items():
        (file,) = (ROOT / "rego" / "tollbar" / "rules").glob(f"*/{rule['name']}/{rule['name']}.rego")
        text = file.read_text(encoding="utf-8")
        assert re.search(r"^#   code: (\w+)$", text, flags=re.MULTILINE)[1] == code  # type: ignore[index]  # it has one
        assert re.search(r"^#   default_mode: (\w+)$", text, flags=re.MULTILINE)[1] == rule["mode"]  # type: ignore[index]
    assert document["rules"]["TB102"]["params"]["limit"] == {"type": "number", "minimum": 0, "default": 10000}
    assert document["input"]["resources[].monthly_cost"] == {"type": "number"}


def test_the_first_release_had_eleven_rules() -> None:
    released = json.loads((RELEASES / "0.1.0.json").read_text(encoding="utf-8"))
    assert list(released["rules"]) == [
        *("TB001", "TB002", "TB003", "TB004"),
        *("TB101", "TB102", "TB103", "TB104", "TB105"),
        "TB201",
        "TB501",
    ]


def test_a_manifest_reads_as_it_was_written() -> None:
    assert json.loads(written(OLD)) == OLD


def test_the_last_release_is_the_one_with_the_highest_version(tmp_path: Path) -> None:
    for version in ("0.9.0", "0.10.0", "0.2.0"):
        (tmp_path / f"{version}.json").write_text(json.dumps({"version": version}), encoding="utf-8")
    assert last_release(tmp_path) == {"version": "0.10.0"}


def test_fields_are_told_by_their_paths() -> None:
    schema = {
        "$defs": {"Cost": {"type": "object", "properties": {"max": {"type": "number"}}, "required": ["max"]}},
        "properties": {
            "costs": {"type": "array", "items": {"$ref": "#/$defs/Cost"}},
            "tags": {"type": "object", "additionalProperties": {"type": "string", "description": "a tag"}},
        },
        "required": ["tags"],
    }
    assert fields(schema) == {
        "costs": {"type": "array"},
        "costs[]": {"type": "object"},
        "costs[].max": {"type": "number", "required": True},
        "tags": {"type": "object", "required": True},
        "tags.*": {"type": "string"},
    }


def _rule(**changed: Any) -> dict[str, Any]:
    rule: dict[str, Any] = OLD["rules"]["TB101"]
    return rule | changed


def _with(section: str, key: str, value: Any) -> dict[str, Any]:
    document = copy.deepcopy(OLD)
    document[section][key] = value
    return document


LIMIT = OLD["rules"]["TB101"]["params"]["limit"]
CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nothing": (OLD, []),
    "a code that is gone": (OLD | {"rules": {}}, ["major: TB101 environment_limit is gone"]),
    "a code of another rule": (
        _with("rules", "TB101", _rule(name="other")),
        ["major: TB101 was environment_limit and is other"],
    ),
    "another mode": (
        _with("rules", "TB101", _rule(mode="enforce")),
        ["major: TB101 environment_limit: the default mode was warn and is enforce"],
    ),
    "a new rule that warns": (
        _with("rules", "TB102", _rule(name="new")),
        ["minor: TB102 new is new, in mode warn"],
    ),
    "a new rule that denies": (
        _with("rules", "TB102", _rule(name="new", mode="enforce")),
        ["major: TB102 new is new, in mode enforce"],
    ),
    "a parameter that is gone": (
        _with("rules", "TB101", _rule(params={})),
        ["major: TB101 environment_limit: the parameter limit is gone"],
    ),
    "a new parameter": (
        _with("rules", "TB101", _rule(params={"limit": LIMIT, "other": LIMIT})),
        ["minor: TB101 environment_limit: the parameter other is new"],
    ),
    "another default": (
        _with("rules", "TB101", _rule(params={"limit": LIMIT | {"default": 6}})),
        ["major: TB101 environment_limit: the parameter limit has another default"],
    ),
    "a parameter that accepts more": (
        _with("rules", "TB101", _rule(params={"limit": LIMIT | {"type": ["number", "null"]}})),
        ["minor: TB101 environment_limit: the parameter limit accepts more"],
    ),
    "a parameter that accepts less": (
        _with("rules", "TB101", _rule(params={"limit": LIMIT | {"minimum": 1}})),
        ["major: TB101 environment_limit: the parameter limit accepts less, or something else"],
    ),
    "a setting that is gone": (OLD | {"settings": {}}, ["major: the settings' mode is gone"]),
    "a new setting": (_with("settings", "budgets", {"type": "array"}), ["minor: the settings' budgets is new"]),
    "a new field and what is below it": (
        OLD
        | {"input": OLD["input"] | {"history": {"type": "object"}, "history.x": {"type": "number", "required": True}}},
        ["minor: the input's history is new"],
    ),
    "a new field that is required": (
        _with("input", "resources[].name", {"type": "string", "required": True}),
        ["major: the input's resources[].name is new and required"],
    ),
    "a field that is now required": (
        _with("input", "resources[].cost", {"type": "number", "required": True}),
        ["major: the input's resources[].cost is now required"],
    ),
    "a field that is no longer required": (_with("input", "resources", {"type": "array"}), []),
}


@pytest.mark.parametrize("name", CASES)
def test_each_change_is_found_and_weighed(name: str) -> None:
    new, expected = CASES[name]
    assert [f"{change.level}: {change.text}" for change in changes(OLD, new)] == expected


@pytest.mark.parametrize(
    ("old", "name", "version"),
    [
        ("1.2.3", "nothing", "1.2.3"),
        ("1.2.3", "a new rule that warns", "1.3.0"),
        ("1.2.3", "a code that is gone", "2.0.0"),
        ("0.2.3", "a new rule that warns", "0.3.0"),
        ("0.2.3", "a code that is gone", "0.3.0"),
    ],
)
def test_the_version_that_a_change_demands(old: str, name: str, version: str) -> None:
    assert demanded_version(old, changes(OLD, CASES[name][0])) == version


@pytest.mark.parametrize(
    ("new", "old", "accepts"),
    [
        ({}, {"type": "string"}, True),
        ({"type": "string"}, {}, False),
        ({"type": "number"}, {"type": "integer"}, True),
        ({"type": "integer"}, {"type": "number"}, False),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, True),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}, False),
        ({"maximum": 5}, {"maximum": 4}, True),
        ({"maximum": 4}, {"maximum": 5}, False),
        ({"maximum": 4}, {}, False),
        ({"minLength": 1}, {"minLength": 2}, True),
        ({"pattern": "a"}, {"pattern": "a"}, True),
        ({"pattern": "a"}, {"pattern": "b"}, False),
        ({"pattern": "a"}, {}, False),
        ({}, {"pattern": "a"}, True),
        ({"items": {"type": "number"}}, {"items": {"type": "string"}}, False),
        ({"additionalProperties": False}, {}, False),
        ({}, {"additionalProperties": False}, True),
        ({"required": ["a"]}, {}, False),
        (
            {"properties": {"a": {}, "b": {}}, "additionalProperties": False},
            {"properties": {"a": {}}, "additionalProperties": False},
            True,
        ),
        (
            {"properties": {"a": {}}, "additionalProperties": False},
            {"properties": {"a": {}, "b": {}}, "additionalProperties": False},
            False,
        ),
    ],
)
def test_what_a_schema_accepts(new: dict[str, Any], old: dict[str, Any], accepts: bool) -> None:  # noqa: FBT001 -- a table
    assert accepts_all_of(new, old) is accepts
