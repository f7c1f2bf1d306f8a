"""docs/scan.md names every detector with its thresholds as they are."""

from __future__ import annotations

import re

from tests.conftest import ROOT
from tollbar.llm.detector import detectors, prepared_tables


def test_the_page_has_every_detector_and_threshold() -> None:
    page = (ROOT / "docs" / "scan.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", page, flags=re.MULTILINE))
    told = {name: [] if text == "-" else text.split(", ") for name, text in rows.items()}
    assert told == {
        one.name: [
            f"`{each.name}` {str(each.default).lower() if isinstance(each.default, bool) else each.default}"
            for each in one.parameters.values()
        ]
        for one in (*detectors(), *prepared_tables())
    }
