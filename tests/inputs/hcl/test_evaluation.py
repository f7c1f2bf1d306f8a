"""Values of expressions: against what Terraform's own console says, and with what is unknown."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbar.inputs.hcl.evaluation import Scope, evaluate
from tollbar.inputs.hcl.functions import functions_in
from tollbar.inputs.hcl.parser import parse_expression
from tollbar.inputs.hcl.values import EvaluationError, Lazy, plain
from tollbar.resource import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

RECORDED = Path(__file__).parent / "data" / "expressions.json"
CONSOLE: Mapping[str, str | None] = json.loads(RECORDED.read_text(encoding="utf-8"))
"""Expressions and their JSON as ``terraform console`` (1.11.4) gives it; null where it reports an error."""


def value(expression: str, **names: Any) -> Any:
    return plain(evaluate(parse_expression(expression, "test"), Scope(names, functions_in(Path()))))


@pytest.mark.parametrize("expression", CONSOLE)
def test_expressions_have_the_value_that_terraform_gives_them(expression: str) -> None:
    if CONSOLE[expression] is None:
        with pytest.raises(EvaluationError):
            value(f"jsonencode({expression})")
    else:
        assert value(f"jsonencode({expression})") == CONSOLE[expression]


def test_the_record_is_what_terraform_says(tmp_path: Path) -> None:
    terraform = shutil.which("terraform")
    if terraform is None:
        pytest.skip("terraform is not installed: the recorded values are not compared with it")
    good = [(expression, result) for expression, result in CONSOLE.items() if result is not None]
    outputs = (f'output "o{n}" {{\n  value = jsonencode({good[n][0]})\n}}\n' for n in range(len(good)))
    (tmp_path / "main.tf").write_text("".join(outputs), encoding="utf-8")
    environment = {name: text for name, text in os.environ.items() if not name.startswith("TF_")}

    def run(*arguments: str) -> str:
        command = [terraform, *arguments]
        environment["CHECKPOINT_DISABLE"] = "1"
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=True).stdout

    run("init", "-input=false")
    run("plan", "-out=plan")
    planned = json.loads(run("show", "-json", "plan"))["planned_values"]["outputs"]
    assert [planned[f"o{n}"].get("value") for n in range(len(good))] == [result for _, result in good]


U = {"u": UNKNOWN, "l": [1, UNKNOWN], "m": {"a": 1, "u": UNKNOWN}}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("u", UNKNOWN),
        ("u.a[0].b[*].c", UNKNOWN),
        ("u + 1", UNKNOWN),
        ("-u", UNKNOWN),
        ("!u", UNKNOWN),
        ('"a-${u}"', UNKNOWN),
        ("[1, u]", [1, UNKNOWN]),
        ("{a = u}", {"a": UNKNOWN}),
        ("{(u) = 1}", UNKNOWN),
        ("l[0]", 1),
        ("l[u]", UNKNOWN),
        ("m.a", 1),
        ("u == 1", UNKNOWN),
        ("u == null", UNKNOWN),
        ("l == null", False),
        ("l == [1, 2]", UNKNOWN),
        ("u && false", False),
        ("false && u", False),
        ("u || true", True),
        ("u || false", UNKNOWN),
        ("u ? 1 : 2", UNKNOWN),
        ("u ? 1 : 1", 1),
        ("u ? [].a : 1", UNKNOWN),
        ("[for x in u : x]", UNKNOWN),
        ("[for x in l : x]", [1, UNKNOWN]),
        ("[for x in l : x if x > 0]", UNKNOWN),
        ("{for k, v in m : k => v}", {"a": 1, "u": UNKNOWN}),
        ("{for x in l : x => 1}", UNKNOWN),
        ('"%{ for x in l }${x}%{ endfor }"', UNKNOWN),
        ('"%{ for x in u }${x}%{ endfor }"', UNKNOWN),
        ("length(u)", UNKNOWN),
        ("length(l)", 2),
        ("upper(u)", UNKNOWN),
        ('join(",", l)', UNKNOWN),
        ("jsonencode(m)", UNKNOWN),
        ("toset(l)", UNKNOWN),
        ("merge(m, {b = 2})", {"a": 1, "u": UNKNOWN, "b": 2}),
        ("merge(u, {b = 2})", UNKNOWN),
        ("contains(l, 1)", True),
        ("contains(l, 2)", UNKNOWN),
        ("coalesce(null, u)", UNKNOWN),
        ("coalesce(1, u)", 1),
        ("coalescelist([], u)", UNKNOWN),
        ("coalescelist([1], u)", [1]),
        ("flatten([l, u])", UNKNOWN),
        ("flatten([[l]])", UNKNOWN),
        ("slice(u, 0, 2)", [UNKNOWN, UNKNOWN]),
        ("try(u, 1)", UNKNOWN),
        ("try([].a, u, 1)", UNKNOWN),
        ("can(u)", UNKNOWN),
        ('formatlist("%s-%s", "x", l)', ["x-1", UNKNOWN]),
        ("f(l...)", None),
        ("max(u...)", UNKNOWN),
        ("values(m)", [1, UNKNOWN]),
        ("timestamp()", UNKNOWN),
        ("uuid()", UNKNOWN),
        ('provider::aws::arn_parse("x").region', UNKNOWN),
    ],
)
def test_what_is_unknown_makes_unknown_what_depends_on_it_and_nothing_else(expression: str, expected: Any) -> None:
    if expected is None:
        with pytest.raises(EvaluationError, match="there is no function 'f'"):
            value(expression, **U)
    else:
        assert value(expression, **U) == expected


def test_objects_are_evaluated_when_they_are_asked_for() -> None:
    asked: list[str] = []

    def read(name: str) -> Any:
        asked.append(name)
        return len(name)

    assert value('r.abc + r.abc + r["de"]', r=Lazy(read)) == 8
    assert asked == ["abc", "de"]
    assert value('"x-${r}"', r=Lazy(read)) is UNKNOWN
    assert value("[r]", r=Lazy(read)) == [UNKNOWN]
    assert value("upper(r)", r=Lazy(read)) is UNKNOWN


def test_a_circle_is_an_error() -> None:
    circle: Lazy

    def read(name: str) -> Any:
        return circle.attribute(name)

    circle = Lazy(read)
    with pytest.raises(EvaluationError, match="'a' refers to itself"):
        value("c.a", c=circle)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("nothing.here", "nothing is called 'nothing' here"),
        ("upperr(1)", "there is no function 'upperr'. Did you mean 'upper'?"),
        ("{a = 1}.b", "the object has no attribute 'b'"),
        ("[1].b", "a list has no attribute 'b'"),
        ("[1][3]", "the list has 1 elements, none has the index 3"),
        ('"a" + 1', "a number is required, not a string"),
        ("1 / 0", "division by zero"),
        ("null ? 1 : 2", "a bool is required, not null"),
        ('"x${[]}"', "a string is required, not a list"),
        ("upper()", "upper cannot take these arguments"),
        ("toset([1])[0]", "a set has no elements to choose from"),
    ],
)
def test_what_cannot_be_evaluated_says_why(expression: str, message: str) -> None:
    with pytest.raises(EvaluationError) as error:
        value(expression)
    assert str(error.value).startswith(message)


@given(st.decimals(-(10**9), 10**9, places=4), st.decimals(-(10**9), 10**9, places=4))
def test_arithmetic_is_exact(left: Any, right: Any) -> None:
    assert value(f"({left}) + ({right})") == left + right
    assert value(f"({left}) * ({right})") == left * right


def test_files_are_read_from_the_directory(tmp_path: Path) -> None:
    (tmp_path / "a.tftpl").write_text("%{ for i in items ~}\n${i};\n%{ endfor ~}\n", encoding="utf-8")
    (tmp_path / "bad.tftpl").write_text("${", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    scope = Scope({}, functions_in(tmp_path))

    def in_directory(expression: str) -> Any:
        return plain(evaluate(parse_expression(expression, "test"), scope))

    assert in_directory('templatefile("a.tftpl", {items = [1, 2]})') == "1;\n2;\n"
    assert in_directory('templatestring("<$${x}>", {x = 1})') == "<1>"
    assert in_directory('fileset(".", "*.{tftpl,txt}")') == ["a.tftpl", "bad.tftpl"]
    assert in_directory('fileexists("none")') is False
    assert in_directory('filesha256("binary")') == hashlib.sha256(b"\xff\xfe").hexdigest()
    assert in_directory('filebase64("binary")') == "//4="
    assert in_directory('[dirname("a/b.c"), basename("a/b.c")]') == ["a", "b.c"]
    for broken in ('file("none")', 'file("binary")', 'templatefile("bad.tftpl", {})'):
        with pytest.raises(EvaluationError):
            in_directory(broken)


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("merge(u, {a = 1}).a", 1),
        ('merge(u, {a = 1})["a"]', 1),
        ("merge(u, {a = 1}).b", UNKNOWN),
        ("merge({a = 1}, u).a", UNKNOWN),
        ("merge({a = 1}, u, {b = 2}).b", 2),
        ("merge({a = 1}, u, {b = 2}).a", UNKNOWN),
        ("merge(merge(u, {a = 1}), {b = 2}).a", 1),
        ("merge({b = 2}, merge(u, {a = 1})).b", UNKNOWN),
        ("merge(u, {})", UNKNOWN),
        ("merge(u, {a = 1})", UNKNOWN),
        ("keys(merge(u, {a = 1}))", UNKNOWN),
        ("length(merge(u, {a = 1}))", UNKNOWN),
        ("[for k, v in merge(u, {a = 1}) : k]", UNKNOWN),
        ("merge(u, {a = 1}) == {a = 1}", UNKNOWN),
        ('"a ${merge(u, {a = 1}).a}"', "a 1"),
    ],
)
def test_what_is_merged_over_an_unknown_map_is_known(expression: str, result: object) -> None:
    assert value(expression, u=UNKNOWN) == result
