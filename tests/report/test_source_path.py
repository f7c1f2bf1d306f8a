"""Paths from the root of a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tollbar.report.source_path import from_root

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("main.tf", "infra/main.tf"),
        ("./modules/../main.tf", "infra/main.tf"),
        ("../k8s/web.yml", "k8s/web.yml"),
        ("../../elsewhere.tf", "../../elsewhere.tf"),
        ("/srv/elsewhere.tf", "/srv/elsewhere.tf"),
    ],
)
def test_from_a_folder_of_it(file: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "infra").mkdir()
    monkeypatch.chdir(tmp_path / "infra")
    assert from_root(file, tmp_path) == told


def test_without_a_root_it_stays_as_it_is() -> None:
    assert from_root("../infra/main.tf", None) == "../infra/main.tf"
