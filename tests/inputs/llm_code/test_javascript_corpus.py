"""The shapes in which JavaScript and TypeScript call models: each file of the corpus says what is to be found in it.

``// call: CLIENT MODEL`` stands in the line of a call, ``?`` for a model that the source does not tell, ``|`` between
several, ``xLOW-HIGH`` where it is made more than once. Each folder is one project; what stands below ``decoys`` only
looks like a call.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.inputs.llm_code.python_project import sites_in

CORPUS = Path(__file__).parent / "corpus"
FOLDERS = ("javascript", "typescript")
_MARK = re.compile(r"// call: (\S+) (.+?)(?: x(\d+)-(\d+|\?))?$")

Expected = tuple[int, str, str | None, int, int | None]


def _texts(folder: str) -> dict[str, str]:
    root = CORPUS / folder
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def _expected(text: str) -> list[Expected]:
    found: list[Expected] = []
    for line, written in enumerate(text.splitlines(), 1):
        mark = _MARK.search(written)
        if mark is None:
            continue
        low, high = int(mark[3] or 1), None if mark[4] == "?" else int(mark[4] or 1)
        models = [None if model == "?" else model for model in mark[2].split(" | ")]
        found.extend((line, mark[1], model, low, high) for model in models)
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_calls_are_found_where_they_stand_and_nowhere_else(folder: str) -> None:
    """Names are followed from file to file, so that the folder is read as a whole."""
    texts = _texts(folder)
    found: dict[str, list[Expected]] = defaultdict(list)
    for site in sites_in(texts):
        times = site.multiplicity
        found[site.location.file].append((site.location.line or 0, site.client, site.model, times.low, times.high))
    expected = {name: calls for name, text in texts.items() if (calls := _expected(text))}
    assert found == expected


def test_the_corpus_holds_shapes_and_decoys() -> None:
    """A table that lost its marks would pass in silence."""
    texts = {f"{folder}/{name}": text for folder in FOLDERS for name, text in _texts(folder).items()}
    assert sum(len(_expected(text)) for text in texts.values()) >= 50
    decoys = [name for name in texts if "/decoys/" in name]
    assert len(decoys) >= 10
    assert [name for name in decoys if _expected(texts[name])] == []
