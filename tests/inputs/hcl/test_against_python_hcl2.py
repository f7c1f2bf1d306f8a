"""An independent reader of HCL finds the same blocks and arguments in the same files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import hcl2
import pytest

from tests.conftest import ROOT
from tollbar.inputs.hcl.parser import parse_body

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.inputs.hcl.syntax import Body

FILES = sorted([*(ROOT / "examples").glob("**/*.tf"), *(ROOT / "tests").glob("**/*.tf")])
BLOCK = "__is_block__"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_same_blocks_and_arguments(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert _ours(parse_body(text, file.name)) == _theirs(hcl2.loads(text))


def _ours(body: Body) -> Counter[tuple[str, ...]]:
    """Return how often each path of blocks and arguments occurs."""
    found: Counter[tuple[str, ...]] = Counter((name,) for name in body.arguments)
    for block in body.blocks:
        path = (block.kind, *block.labels)
        found[path] += 1
        found.update({(*path, *below): count for below, count in _ours(block.body).items()})
    return found


def _theirs(document: dict[str, Any]) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for name, value in document.items():
        if name.startswith("__"):  # what python-hcl2 adds of its own
            continue
        if isinstance(value, list) and value and all(_holds_block(item) for item in value):
            for item in value:
                found.update(_labelled(item, (name,)))
        else:
            found[name,] += 1
    return found


def _labelled(item: dict[str, Any], path: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    if BLOCK not in item:
        ((label, inner),) = item.items()
        return _labelled(inner, (*path, label.strip('"')))
    below = Counter({(*path, *rest): count for rest, count in _theirs(item).items()})
    below[path] += 1
    return below


def _holds_block(item: object) -> bool:
    return isinstance(item, dict) and (BLOCK in item or any(_holds_block(value) for value in item.values()))
