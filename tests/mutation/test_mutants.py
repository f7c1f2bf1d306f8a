"""The mutants of a file are exactly those of its comparisons and negations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mutation.mutants import Mutant, mutants

if TYPE_CHECKING:
    from pathlib import Path

POLICY = """package example

# A comment: 1 > 2
a if {
	input.text == "x > y"
	not input.a > 3
	some x in input.l
	x in {1, 2}
}

b := {true: "-", false: ""}[input.c != 0]

c if every x in input.l { x < 2 }

d := count([x | some x in [y | some y in input.l; y <= 2]])
"""


def test_every_comparison_and_negation_is_mutated_and_nothing_else(opa: Path, tmp_path: Path) -> None:
    file = tmp_path / "example.rego"
    file.write_text(POLICY, encoding="utf-8")
    assert [(m.row, m.column, m.old, m.new) for m in mutants(opa, file)] == [
        (5, 13, "==", "!="),
        (6, 2, "not ", ""),
        (6, 14, ">", "<="),
        (6, 14, ">", ">="),
        (8, 2, "", "not "),
        (11, 37, "!=", "=="),
        (13, 29, "<", "<="),
        (13, 29, "<", ">="),
        (15, 53, "<=", "<"),
        (15, 53, "<=", ">"),
    ]


def test_a_mutant_changes_what_it_says(opa: Path, tmp_path: Path) -> None:
    file = tmp_path / "example.rego"
    file.write_text(POLICY, encoding="utf-8")
    first = mutants(opa, file)[0]
    assert str(first) == 'input.text == "x > y": == -> !='
    assert first.applied_to(POLICY) == POLICY.replace("==", "!=")
    with pytest.raises(ValueError, match="'>' is not at 1:1"):
        Mutant(1, 1, ">", "<", "").applied_to(POLICY)
