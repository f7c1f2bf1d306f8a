"""The files of detectors: heads that are complete, settings that are checked, SQL that Spark can run."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import sqlglot

from tollbar.errors import CatalogError, ConfigError
from tollbar.llm.detector import Detector, Settings, detectors, prepared_tables, settings_of

if TYPE_CHECKING:
    from pathlib import Path

EVERY = (*detectors(), *prepared_tables())
_HEAD = "-- title: T\n-- claim: C\n-- fix: F\n-- grain: call\n-- priority: 1\n"


def test_detectors_claim_in_a_fixed_order() -> None:
    assert [detector.name for detector in detectors() if detector.grain == "call"] == [
        "retry_loop", "retry_storm", "fallback_chain", "failed_calls", "cut_answers", "duplicate_calls",
        "model_overkill", "oversized_context", "missing_cache", "batchable",
    ]  # fmt: skip


def test_every_detector_says_what_it_claims_and_what_to_do() -> None:
    assert [one.name for one in detectors() if not (one.title and one.claim and one.fix)] == []
    assert [p.name for one in EVERY for p in one.parameters.values() if not p.description] == []


def test_every_parameter_is_used() -> None:
    unused = [(one.name, name) for one in EVERY for name in one.parameters if f"${name}" not in one.query]
    assert unused == []


@pytest.mark.parametrize("detector", EVERY, ids=lambda one: one.name)
def test_every_query_can_be_written_for_spark(detector: Detector) -> None:
    (written,) = sqlglot.transpile(
        detector.sql(Settings()), read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert "$" not in written


def test_no_detector_joins_calls_with_themselves() -> None:
    joined = [one.name for one in EVERY if "JOIN calls" in one.query]
    assert joined == []


def _detector(folder: Path, text: str) -> Detector:
    (folder / "mine.sql").write_text(text, encoding="utf-8")
    (one,) = detectors(folder)
    return one


def test_a_detector_is_one_file(tmp_path: Path) -> None:
    text = f"{_HEAD}-- parameters:\n--   least: {{default: 0.5, description: share}}\nSELECT $least, 'a'"
    detector = _detector(tmp_path, text)
    settings = settings_of({"mine": {"least": 0.25}}, [], [detector], "tollbar.yml")
    assert detector.sql(Settings()) == "SELECT 0.5, 'a'"
    assert detector.sql(settings) == "SELECT 0.25, 'a'"
    assert settings_of({}, ["mine.least=0.75"], [detector], "x").values == {"mine": {"least": Decimal("0.75")}}


def test_a_text_cannot_leave_its_quotes(tmp_path: Path) -> None:
    text = f"{_HEAD}-- parameters:\n--   name: {{default: a, description: text}}\nSELECT $name"
    detector = _detector(tmp_path, text)
    settings = settings_of({}, ["mine.name='; DROP TABLE calls; --"], [detector], "x")
    assert detector.sql(settings) == "SELECT '''; DROP TABLE calls; --'"


@pytest.mark.parametrize("text", ["SELECT 1", "-- title: T\nSELECT 1", "-- [\nSELECT 1", f"{_HEAD}SELECT $untold"])
def test_a_file_with_a_bad_head_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CatalogError, match=r"^mine\.sql: "):
        _detector(tmp_path, text)


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({"retry_lop": {}}, "t.yml: scan: there is no detector 'retry_lop'\n  Did you mean 'retry_loop'?"),
        ({"retry_loop": 4}, "t.yml: scan.retry_loop is 4; expected its parameters, or off"),
        (
            {"retry_loop": {"min_attempt": 4}},
            "t.yml: scan.retry_loop.min_attempt: retry_loop has no such parameter\n  Did you mean 'min_attempts'?",
        ),
        (
            {"retry_loop": {"min_attempts": -1}},
            "t.yml: scan.retry_loop.min_attempts is -1; expected a number that is not below 0\n  The default is 4.",
        ),
        (
            {"model_overkill": {"any_provider": 1}},
            "t.yml: scan.model_overkill.any_provider is 1; expected true or false\n  The default is False.",
        ),
    ],
)
def test_a_mistake_in_the_settings_is_told(sections: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as error:
        settings_of(sections, [], EVERY, "t.yml")
    assert str(error.value) == message


def test_detectors_are_switched_off() -> None:
    assert settings_of({"retry_loop": False, "batchable": "off"}, [], EVERY, "t.yml").off == {"retry_loop", "batchable"}
