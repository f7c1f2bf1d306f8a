"""The contract."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from tests.report.reports import an_estimate
from tollbar.errors import InputError
from tollbar.estimate import Estimate, json_schema


def _document(**changes: object) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(an_estimate().to_json())
    return {**document, **changes}


def test_it_survives_being_written_and_read() -> None:
    assert Estimate.from_json(an_estimate().to_json(), "e.json") == an_estimate()


def test_it_matches_its_own_schema() -> None:
    jsonschema.validate(_document(), json_schema())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"totals": {}}, "'monthly_cost' is a required property"),
        ({"surprise": 1}, "'surprise' was unexpected"),
        ({"currency": "EUR"}, "'USD' was expected"),
    ],
)
def test_the_schema_refuses_what_is_no_estimate(change: dict[str, object], message: str) -> None:
    with pytest.raises(jsonschema.ValidationError, match=message):
        jsonschema.validate(_document(**change), json_schema())


def test_an_absent_cost_is_allowed_but_null_is_not() -> None:
    document = _document()
    del document["resources"][0]["monthly_cost"]
    jsonschema.validate(document, json_schema())
    document["resources"][0]["monthly_cost"] = None
    with pytest.raises(jsonschema.ValidationError, match="None is not of type 'number'"):
        jsonschema.validate(document, json_schema())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"e\.json:1: not JSON: "),
        ("[]", r"e\.json is not an estimate: expected a JSON object"),
        (json.dumps(_document(schema_version="2.0")), "schema version '2.0'; this release reads '1.0'\n  Make it anew"),
        (json.dumps(_document(totals=3)), r"e\.json is not an estimate: totals: Input should be"),
    ],
)
def test_what_is_no_estimate_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Estimate.from_json(text, "e.json")


def test_a_delta_is_known_only_where_both_sides_are() -> None:
    resources = {resource.address: resource for resource in an_estimate().resources}
    assert resources["aws_instance.api"].delta == Decimal("420.48")
    assert resources["aws_sqs_queue.jobs"].delta is None
    assert resources["aws_instance.typo"].delta is None


def test_what_depends_on_usage_alone_is_told_from_what_has_no_price() -> None:
    resources = {resource.address: resource for resource in an_estimate().resources}
    assert resources["aws_sqs_queue.jobs"].depends_on_usage
    assert not resources["aws_quantum_computer.q"].depends_on_usage
