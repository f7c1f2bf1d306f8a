"""Reading YAML: exact values, the line of each, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tollbar.errors import ConfigError, InputError
from tollbar.yaml_file import YamlFile, read_yaml, read_yaml_documents

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
version: 1
rates:
  - {path: a/b, price: 0.10}
  - path: a/c
    price: 1e-3
    from: 2026-01-01
at: 09:00
base: &base {x: 1}
more:
  <<: *base
  y: yes
"""


def _file(tmp_path: Path, text: str) -> YamlFile:
    path = tmp_path / "book.yml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path, ConfigError)


def test_values_are_plain_and_exact(tmp_path: Path) -> None:
    assert _file(tmp_path, TEXT).plain() == {
        "version": 1,
        "rates": [
            {"path": "a/b", "price": Decimal("0.10")},
            {"path": "a/c", "price": Decimal("0.001"), "from": "2026-01-01"},
        ],
        "at": "09:00",
        "base": {"x": 1},
        "more": {"x": 1, "y": True},
    }


def test_a_whole_number_is_an_int_however_large_its_exponent_is_left_alone(tmp_path: Path) -> None:
    values = _file(tmp_path, "{a: 1_000, b: 1e999999, c: 0x10}").plain()
    assert [type(value) for value in values.values()] == [int, Decimal, int]
    assert values["a"] == 1000


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ((), 1),
        (("rates",), 2),
        (("rates", 0, "price"), 3),
        (("rates", 1), 4),
        (("rates", 1, "from"), 6),
        (("rates", 1, "unit"), 4),
        (("rates", 9), 2),
        (("at", "hour"), 7),
        (("nothing",), 1),
    ],
)
def test_a_location_is_as_deep_as_the_file_goes(tmp_path: Path, steps: tuple[str | int, ...], line: int) -> None:
    assert str(_file(tmp_path, TEXT).location(steps)) == f"{tmp_path / 'book.yml'}:{line}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: {b: 1,\n  b: 2}", ":2: 'b' is given twice"),
        ("a: &a\n  b: *a", ":1: an alias refers to what it stands in"),
        ("a: .nan", ":1: .nan is not a number that Tollbar can calculate with; write digits, such as 12 or 0.5"),
        ("- 1", ":1: expected a mapping"),
        ("a: [1\n", ":2: not valid YAML: did not find expected ',' or ']' (column 1)"),
        ("a:\n\tb: 1\n", ":2: not valid YAML: a tab, where YAML is indented with spaces (column 1)"),
        ("a: {b: 1,000, c: 2}", ":1: the comma ends the number before 000: write 1000, not 1,000"),
        ("a: {b: 12,500.50}", ":1: the comma ends the number before 500.50: write 1000, not 1,000"),
        ("a: \x07", ": not valid YAML: unacceptable character #x0007"),
    ],
)
def test_what_is_wrong_is_placed(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        _file(tmp_path, text)
    assert str(error.value).splitlines()[0].removeprefix(str(tmp_path / "book.yml")).startswith(message)


@pytest.mark.parametrize(
    "text",
    ["a: {443, 444}", "a: {b: 1234,500}", "a: {b: x,500}", 'a: {b: "1",500}', "a: {b: 1,500: 2}", "a: {b: 1,50}"],
)
def test_a_comma_that_cuts_no_number_is_one(tmp_path: Path, text: str) -> None:
    _file(tmp_path, text)


def test_a_text_may_hold_several_documents_each_at_its_line() -> None:
    found = read_yaml_documents("---\n# nothing\n---\na: 1\n---\nb: {c: 2}\n", "some.yaml", ConfigError)
    assert [(document.plain(), document.root.line) for document in found] == [({"a": 1}, 4), ({"b": {"c": 2}}, 6)]
    assert str(found[1].location(["b", "c"])) == "some.yaml:6"


def test_a_document_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(ConfigError) as error:
        read_yaml_documents("a: 1\n---\n- b\n", "some.yaml", ConfigError)
    assert str(error.value) == "some.yaml:3: expected a mapping"


def test_aliases_that_stand_for_too_much_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.yml"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match=r"bomb\.yml:\d+: its aliases stand for too many values"):
        read_yaml(file, InputError)


def test_a_number_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "number.yml"
    file.write_text(f"a: 1\nb: {'9' * 101}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"number\.yml:2: a number of 101 digits"):
        read_yaml(file, InputError)
