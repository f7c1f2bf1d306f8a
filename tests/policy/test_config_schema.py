"""The JSON Schema of tollbar.yml accepts what the reader accepts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from tests.conftest import ROOT
from tollbar.policy.config_schema import config_schema
from tollbar.policy.opa_binary import local_engine

if TYPE_CHECKING:
    from pathlib import Path

WRONG_ON_PURPOSE = ROOT / "examples" / "rules" / "TB003" / "denied" / "tollbar.yml"
CONFIGS = sorted(file for file in (ROOT / "examples").rglob("tollbar.yml") if file != WRONG_ON_PURPOSE)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema."""
    return config_schema(local_engine())


@pytest.mark.parametrize("file", CONFIGS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_example_is_valid(schema: dict[str, Any], file: Path) -> None:
    # Editors see a date as the text that it is.
    document = json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))
    jsonschema.validate(document, schema)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"version": 2},
        {"version": 1, "polices": {}},
        {"version": 1, "policies": {"mode": "wran"}},
        {"version": 1, "policies": {"unchanged": "advisry"}},
        {"version": 1, "policies": {"rules": {"enviroment_limit": {}}}},
        {"version": 1, "policies": {"rules": {"environment_limit": {"limits": {"dev": "5"}}}}},
        {"version": 1, "exemptions": [{"id": "A", "rules": ["TB101"]}]},
    ],
)
def test_a_mistake_is_found(schema: dict[str, Any], wrong: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema)
