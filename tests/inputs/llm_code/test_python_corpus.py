"""The shapes in which Python code calls models: each file of the corpus says in its comments what is to be found.

``# call: CLIENT MODEL`` stands in the line of a call, ``?`` for a model that the source does not tell, ``|`` between
several, ``xLOW-HIGH`` where it is made more than once. Files called decoy_… hold what only looks like one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.inputs.llm_code.python_project import sites_in

CORPUS = Path(__file__).parent / "corpus" / "python"
FILES = sorted(path.name for path in CORPUS.glob("*.py"))
_MARK = re.compile(r"# call: (\S+) (.+?)(?: x(\d+)-(\d+|\?))?$")


def _expected(text: str) -> list[tuple[int, str, str | None, int, int | None]]:
    found: list[tuple[int, str, str | None, int, int | None]] = []
    for line, written in enumerate(text.splitlines(), 1):
        mark = _MARK.search(written)
        if mark is None:
            continue
        low, high = int(mark[3] or 1), None if mark[4] == "?" else int(mark[4] or 1)
        models = [None if model == "?" else model for model in mark[2].split(" | ")]
        found.extend((line, mark[1], model, low, high) for model in models)
    return found


@pytest.mark.parametrize("name", FILES)
def test_calls_are_found_where_they_stand(name: str) -> None:
    text = (CORPUS / name).read_text(encoding="utf-8")
    found = [
        (site.location.line, site.client, site.model, site.multiplicity.low, site.multiplicity.high)
        for site in sites_in({name: text})
    ]
    assert found == _expected(text)


def test_a_decoy_holds_no_call_and_every_other_file_does() -> None:
    assert [name for name in FILES if not _expected((CORPUS / name).read_text(encoding="utf-8"))] == [
        name for name in FILES if name.startswith("decoy_")
    ]


def test_the_whole_corpus_is_read_as_one_project() -> None:
    texts = {name: (CORPUS / name).read_text(encoding="utf-8") for name in FILES}
    assert len(sites_in(texts)) == sum(len(_expected(text)) for text in texts.values())
