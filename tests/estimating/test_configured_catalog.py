"""``tollbar.yml`` and the environment decide which prices hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tollbar.catalog.snapshot import build_snapshot
from tollbar.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MAIN = 'provider "aws" {\n  region = "REGION"\n}\nresource "aws_kms_key" "k" {}\n'
NOW = "2026-11-21T12:00:00Z"


def _project(tmp_path: Path, prices: str, region: str = "us-east-1") -> Path:
    folder = tmp_path / "infra"
    folder.mkdir()
    (folder / "main.tf").write_text(MAIN.replace("REGION", region), encoding="utf-8")
    (folder / "tollbar.yml").write_text(f"version: 1\nprices:\n{prices}", encoding="utf-8")
    return folder


def _estimate(folder: Path, capsys: pytest.CaptureFixture[str], now: str = NOW) -> dict[str, Any]:
    assert main(["estimate", str(folder), "--no-assumptions", "--format", "json", "--now", now]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_a_book_beside_the_project_holds_on_the_day_of_the_estimate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _project(tmp_path, "  books: [acme.yml]\n")
    (folder / "acme.yml").write_text(
        "name: acme\nas_of: 2026-11-01\ndiscounts: [{service: aws/kms, percent: 10, until: 2026-11-21}]\n",
        encoding="utf-8",
    )
    assert _estimate(folder, capsys)["totals"]["monthly_cost"] == 0.9
    assert _estimate(folder, capsys, "2026-11-22T00:00:00Z")["totals"]["monthly_cost"] == 1


def test_a_mistake_in_a_book_stops_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = "    - {name: acme, as_of: 2026-11-01, prices: [{path: aws/kms/kye, price: 1, unit: key}]}"
    folder = _project(tmp_path, f"  books:\n{book}\n")
    assert main(["estimate", str(folder)]) == 3
    error = capsys.readouterr().err
    assert f"{folder / 'tollbar.yml'}:4: no price is called 'aws/kms/kye'" in error


def test_a_region_to_borrow_from_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _project(tmp_path, "  missing_region: borrow\n  borrow_from:\n    - us-east-1\n    - eu-wset-1\n")
    assert main(["estimate", str(folder)]) == 3
    assert capsys.readouterr().err == (
        f"error: {folder / 'tollbar.yml'}:6: prices.borrow_from: no region is called 'eu-wset-1'\n"
        "  Did you mean 'eu-west-1'?\n"
    )
    (folder / "tollbar.yml").write_text("version: 1\nprices: {borrow_from: [global, norway-2-eu, EU]}\n", "utf-8")
    assert main(["estimate", str(folder)]) == 3
    assert "no region is called 'EU'\n  Did you mean 'eu'?" in capsys.readouterr().err


def test_refreshed_prices_count_where_the_environment_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _project(tmp_path, "  stale_after_days: 30\n")
    assert _estimate(folder, capsys)["totals"]["monthly_cost"] == 1
    (tmp_path / "aws").mkdir()
    (tmp_path / "sources.csv").write_text("id,name,licence\nlist,The vendor's list,facts\n", encoding="utf-8")
    (tmp_path / "aws" / "kms.csv").write_text(
        "path,unit,source,as_of,trust,prices\naws/kms/key,keys,list,2026-11-20,A,us-east-1=3\n", encoding="utf-8"
    )
    build_snapshot(tmp_path, tmp_path / "aws.sqlite")
    monkeypatch.setenv("TOLLBAR_PRICES_DIR", str(tmp_path))
    estimate = _estimate(folder, capsys)
    assert estimate["totals"]["monthly_cost"] == 3
    assert estimate["meta"]["prices"]["snapshot"] == "2026-11-20"
    (tmp_path / "aws.sqlite").write_bytes(b"")
    assert main(["estimate", str(folder)]) == 3
    assert "Delete the file, or run `tollbar prices refresh` again." in capsys.readouterr().err
