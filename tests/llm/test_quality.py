"""Figures of quality: what ships can be priced and says where it is from; a file of one's own is checked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.call_price import ModelRates, rates
from tollbar.catalog.llm import LlmCatalog
from tollbar.errors import ConfigError
from tollbar.llm.quality import folded, read_quality

if TYPE_CHECKING:
    from pathlib import Path

CATALOG = LlmCatalog(date(2026, 11, 21))
OWN = """[benchmarks.mine]
title = "t"
page = "p"
as_of = "2026-11"
tasks = ["triage"]
scores = {"openai/gpt-4o" = 0.1}
"""


def test_what_ships_has_a_page_a_day_and_models_with_prices() -> None:
    shipped = read_quality().benchmarks
    assert [(name, len(found.scores)) for name, found in shipped.items()] == [
        ("grounded_summaries", 39),
        ("software_tasks", 13),
        ("expert_questions", 10),
        ("preferred_answers", 10),
    ]
    assert all("." in found.page and found.as_of >= "2025-04" for found in shipped.values())
    models = [model for found in shipped.values() for model in found.scores]
    assert [model for model in models if not isinstance(rates(CATALOG, model), ModelRates)] == []


def test_no_task_has_two_benchmarks() -> None:
    tasks = [folded(task) for found in read_quality().benchmarks.values() for task in found.tasks]
    assert sorted(tasks) == sorted(set(tasks))


@pytest.mark.parametrize("task", ["summarization", "Document-QA", "document qa", "grounded_summaries"])
def test_a_task_or_a_benchmark_is_found_however_it_is_written(task: str) -> None:
    assert read_quality().benchmark_of(task)[0] == "grounded_summaries"


def test_an_unknown_task_names_the_nearest() -> None:
    with pytest.raises(ConfigError) as error:
        read_quality().benchmark_of("codin")
    assert str(error.value) == "no benchmark speaks for the task 'codin'\n  Did you mean 'coding'?"


def test_a_file_of_ones_own_replaces_what_ships(tmp_path: Path) -> None:
    file = tmp_path / "quality.toml"
    file.write_text(OWN, encoding="utf-8")
    name, found = read_quality(file).benchmark_of("triage")
    assert (name, found.unit, found.scores) == ("mine", "%", {"openai/gpt-4o": Decimal("0.1")})
    with pytest.raises(ConfigError, match="no benchmark speaks for the task 'coding'"):
        read_quality(file).benchmark_of("coding")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[benchmarks", "is not TOML"),
        ("", "benchmarks: Field required"),
        (OWN.replace('title = "t"\n', ""), "benchmarks.mine.title: Field required"),
        (OWN.replace("0.1", '"much"'), "benchmarks.mine.scores.openai/gpt-4o: Input should be a valid decimal"),
        (OWN.replace("2026-11", "lately"), "benchmarks.mine.as_of: String should match pattern"),
        (f"{OWN}score = 1\n", "benchmarks.mine.score: Extra inputs are not permitted"),
    ],
)
def test_a_mistake_in_a_file_is_told(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "quality.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_quality(file)
    assert str(error.value).startswith(str(file))
    assert said in str(error.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml cannot be read: No such file or directory"):
        read_quality(tmp_path / "none.toml")
