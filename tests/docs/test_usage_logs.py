"""The page on usage logs lists the formats, kinds of problems and columns that there are.

``python -m tests.docs.test_usage_logs`` writes the table of formats anew.
"""

from __future__ import annotations

import re

from tests.conftest import ROOT
from tollbar.llm.calls_table import BUCKETS
from tollbar.llm.column_mapping import TARGETS
from tollbar.llm.formats import all_formats
from tollbar.llm.log_problems import KINDS

PAGE = ROOT / "docs" / "usage-logs.md"
_TABLE = re.compile(r"(<!-- formats: [^\n]*-->\n)(.*?)(<!-- end of formats -->)", re.DOTALL)


def _table() -> str:
    rows = sorted((known.title, known.name, known.unit, known.source) for known in all_formats())
    lines = [f"| {title} | `{name}` | {unit} | {source} |" for title, name, unit, source in rows]
    return "\n".join(["| format | name | a record is | documented in |", "| --- | --- | --- | --- |", *lines]) + "\n"


def test_the_table_of_formats_is_that_of_the_code() -> None:
    found = _TABLE.search(PAGE.read_text(encoding="utf-8"))

    assert found is not None
    assert found[2] == _table()


def test_all_kinds_of_problems_are_described() -> None:
    described = re.findall(
        r"^\| `([a-z_]+)` \|", PAGE.read_text(encoding="utf-8").split("## What cannot")[1], re.MULTILINE
    )

    assert described == list(KINDS)


def test_all_columns_of_a_mapping_are_named() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert [name for name in TARGETS if name not in BUCKETS and f"`{name}`" not in page] == []


if __name__ == "__main__":
    PAGE.write_text(_TABLE.sub(lambda found: found[1] + _table() + found[3], PAGE.read_text("utf-8")), encoding="utf-8")
