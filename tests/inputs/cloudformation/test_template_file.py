"""Templates as files: their short forms, their lines, and what is wrong with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tollbar.errors import InputError
from tollbar.inputs.cloudformation.template_file import Block, read_template

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, content: str, name: str = "template.yaml") -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("!Ref A", {"Ref": "A"}),
        ("!Condition A", {"Condition": "A"}),
        ("!GetAtt A.B.C", {"Fn::GetAtt": ["A", "B.C"]}),
        ("!GetAtt [A, B]", {"Fn::GetAtt": ["A", "B"]}),
        ("!Sub 'x-${A}'", {"Fn::Sub": "x-${A}"}),
        ("!GetAZs", {"Fn::GetAZs": ""}),
        ("!Join [',', [a, !Ref B]]", {"Fn::Join": [",", ["a", {"Ref": "B"}]]}),
        ("!Base64 {'Fn::Sub': x}", {"Fn::Base64": {"Fn::Sub": "x"}}),
        ("!If [C, !Ref A, !Ref 'AWS::NoValue']", {"Fn::If": ["C", {"Ref": "A"}, {"Ref": "AWS::NoValue"}]}),
    ],
)
def test_short_forms_are_long_ones(tmp_path: Path, short: str, long: object) -> None:
    assert read_template(written(tmp_path, f"A: {short}\n"), "FILE")["A"] == long


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("012345678901", "012345678901"),
        ("14.10", "14.10"),
        ("2010-09-09", "2010-09-09"),
        ("1e3", "1e3"),
        ("true", True),
        ("off", False),
        ("~", None),
        ("'true'", "true"),
        ("[1, a]", ["1", "a"]),
    ],
)
def test_scalars_stay_what_they_are_written_as(tmp_path: Path, text: str, value: object) -> None:
    assert read_template(written(tmp_path, f"A: {text}\n"), "FILE")["A"] == value


def test_every_key_has_its_line(tmp_path: Path) -> None:
    block = read_template(written(tmp_path, "A: 1\nB:\n  C: 2\n  D: !Ref A\n"), "FILE")
    assert block.lines == {"A": 1, "B": 2}
    assert isinstance(block["B"], Block)
    assert (block["B"].lines, block["B"]["D"].line) == ({"C": 3, "D": 4}, 4)


def test_json_is_read_with_tabs_and_lines(tmp_path: Path) -> None:
    file = written(tmp_path, '{\n\t"A": {\n\t\t"B": "x\\ty"\n\t}\n}', "a.json")
    block = read_template(file, "FILE")
    assert (block, block["A"].lines) == ({"A": {"B": "x\ty"}}, {"B": 3})


def test_merge_keys_give_what_is_not_set(tmp_path: Path) -> None:
    text = "X: &x {A: 1, B: 2}\nY: {<<: *x, B: 3}\nZ: {<<: [*x, {C: 4}]}\n"
    block = read_template(written(tmp_path, text), "FILE")
    assert (block["Y"], block["Z"]) == ({"A": "1", "B": "3"}, {"A": "1", "B": "2", "C": "4"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("A: 1\nB: [1\n", "FILE:3: not valid YAML: did not find expected ',' or ']' (column 1)"),
        ('{"A": 1,\n "B" 2}', "FILE:2: not valid JSON: Expecting ':' delimiter (column 6)"),
        ("A: 1\nA: 2\n", "FILE:2: 'A' is given twice"),
        ("[1]: 2\n", "FILE:1: a key must be a name"),
        ("A: &a [*a]\n", "FILE:1: an alias refers to what it stands in"),
        ("- 1\n", "FILE:1: expected a template: a mapping with Resources"),
        ("", "FILE:1: expected a template: a mapping with Resources"),
    ],
)
def test_what_is_broken_is_placed(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_template(written(tmp_path, content), "FILE")
    assert str(error.value) == message


def test_what_a_plain_reader_of_json_reads_is_read_alike(tmp_path: Path) -> None:
    content = {
        "Resources": {"A": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": 'é "x" \\ /', "L": [[], {}]}}}
    }
    assert read_template(written(tmp_path, json.dumps(content)), "FILE") == content
