"""JSON for machines."""

import json

import pytest

from tests.report.reports import a_decision, an_estimate
from tollbar.errors import ConfigError
from tollbar.estimate import Estimate
from tollbar.report.interface import Report, format_names, render


def test_the_estimate_alone_is_the_input_document() -> None:
    printed = render(Report(an_estimate()), "json")
    assert Estimate.from_json(printed, "estimate.json") == an_estimate()


def test_with_a_decision_both_and_the_exit_code() -> None:
    told = ("module.x was not read",)
    document = json.loads(render(Report(an_estimate(), a_decision(), exit_code=1, warnings=told), "json"))
    assert (document["exit_code"], document["warnings"]) == (1, ["module.x was not read"])
    assert document["decision"]["outcome"] == "deny"
    assert document["decision"]["findings"][0]["_loc"] == {"file": "infra/app.tf", "line": 42}
    assert document["estimate"]["totals"]["delta"] == 462.33


def test_amounts_are_numbers_and_the_unknown_is_absent() -> None:
    resources = json.loads(render(Report(an_estimate()), "json"))["resources"]
    assert resources[0]["monthly_cost"] == 560.64
    assert "monthly_cost" not in resources[2]


def test_the_formats_there_are() -> None:
    assert format_names() == ("github", "html", "json", "junit", "markdown", "sarif", "table")


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"unknown format 'tabel'.*\n  Did you mean 'table'\?"):
        render(Report(an_estimate()), "tabel")
