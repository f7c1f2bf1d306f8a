"""From text to nodes: what is tried by evaluating is in test_evaluation.py."""

from __future__ import annotations

import pytest

from tollbar.errors import InputError
from tollbar.inputs.hcl.parser import parse_body, parse_expression, parse_template
from tollbar.inputs.hcl.syntax import Attribute, Index, Literal, Splat, Template, Traversal


def test_blocks_have_kind_labels_arguments_and_place() -> None:
    body = parse_body(
        '/* a\n remark */ resource "aws_eip" web { # more\n  domain = "vpc" // most\n\n  timeouts {}\n}\n', "a.tf"
    )
    (block,) = body.blocks
    assert (block.kind, block.labels, str(block.location)) == ("resource", ("aws_eip", "web"), "a.tf:2")
    assert block.body.arguments["domain"].expression == Literal("vpc")
    assert str(block.body.arguments["domain"].location) == "a.tf:3"
    assert [nested.kind for nested in block.body.blocks_of("timeouts")] == ["timeouts"]


def test_one_line_blocks_and_windows_line_ends_are_read() -> None:
    body = parse_body('\ufeffvariable "a" { default = 1 }\r\nlocals {\r\n  b = 2\r\n}\r\n', "a.tf")
    assert [block.kind for block in body.blocks] == ["variable", "locals"]


def test_traversals_have_their_steps() -> None:
    assert parse_expression('a.b[0]["k"].0.c', "x") == Traversal(
        "a", (Attribute("b"), Index(Literal(0)), Index(Literal("k")), Index(Literal(0)), Attribute("c"))
    )
    assert parse_expression("a[*].b[0]", "x") == Traversal("a", (Splat((Attribute("b"), Index(Literal(0)))),))
    assert parse_expression("a.*.b[0]", "x") == Traversal("a", (Splat((Attribute("b"),)), Index(Literal(0))))


def test_a_lone_interpolation_is_its_value() -> None:
    assert parse_template("${a}", "x") == Traversal("a", ())
    assert parse_template("a${b}", "x") == Template((Literal("a"), Traversal("b", ())))
    assert parse_template("", "x") == Literal("")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = \n", "a.tf:1: expected an expression, found the end of the line (column 5)"),
        ("a = 1 2\n", "a.tf:1: expected a new line after a, found '2' (column 7)"),
        ("a = 1\na = 2\n", "a.tf:2: a is set twice (column 1)"),
        ('a = "x\n', "a.tf:1: the string is not closed on its line (column 5)"),
        ('a = "\\q"\n', "a.tf:1: unknown escape '\\\\q' (column 6)"),
        ("a = [1, 2\nb = 3\n", "a.tf:2: expected , or ] in the list, found 'b = 3' (column 1)"),
        ("a = f(1 2)\n", "a.tf:1: expected , or ) in the call of f, found '2)' (column 9)"),
        ("a = {b = 1 c = 2}", "a.tf:1: expected a comma or a new line in the object, found 'c = 2}' (column 12)"),
        ("a = {b}", "a.tf:1: expected = after the key, found '}' (column 7)"),
        ("a = (1", "a.tf:1: expected ')' to close the parenthesis, found the end of the file (column 7)"),
        ("a = x ? 1\n", "a.tf:2: expected ':' in the conditional, found the end of the file (column 1)"),
        ("a = [for x in y]\n", "a.tf:1: expected ':' after the collection of for, found ']' (column 16)"),
        ("a = <<EOT\nx\n", "a.tf:1: the heredoc EOT is not closed (column 5)"),
        ("\n}", "a.tf:2: expected a block or an argument, found '}' (column 1)"),
        (
            "b {\n  a = 1\n",
            "a.tf:3: expected '}' to close the block b that begins in line 1, found the end of the file",
        ),
        ("b 3 {}\n", "a.tf:1: expected { or = after b, found '3 {}' (column 3)"),
        ('a = "%{ if x }y"\n', None),
        ('a = "%{ when x }y"\n', "a.tf:1: expected if, else, endif, for or endfor, found 'when x }y\"' (column 9)"),
        ('a = "${1"\n', "a.tf:1: expected '}' to close the template sequence, found '\"' (column 9)"),
        ('a = "x%{ endif }"\n', "a.tf:1: %{endif} has no beginning (column 18)"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, message: str | None) -> None:
    if message is None:
        parse_body(text, "a.tf")
        return
    with pytest.raises(InputError) as error:
        parse_body(text, "a.tf")
    assert str(error.value).startswith(message)


def test_only_one_expression_is_expected() -> None:
    with pytest.raises(InputError, match="expected one expression, found 'b'"):
        parse_expression("a b", "-var x")
