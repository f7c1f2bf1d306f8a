"""Infracost's JSON: what is read of it, and what is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from tollbar.errors import InputError
from tollbar.inputs.infracost import InfracostDocument, read_infracost

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "FILE: not built as Infracost builds it: projects.0.breakdown.resources.0"
EXAMPLE = ROOT / "examples" / "infracost" / "infracost.json"


def project(name: str = "shop", **more: Any) -> dict[str, Any]:
    breakdown: dict[str, Any] = {
        "resources": [],
        "totalHourlyCost": None,
        "totalMonthlyCost": "0",
        "totalMonthlyUsageCost": None,
    }
    return {"name": name, "displayName": "", "metadata": {"path": ".", "type": "terraform_dir"}} | {
        "pastBreakdown": None,
        "breakdown": breakdown,
        "diff": None,
        "summary": None,
        **more,
    }


def document(*projects: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"version": "0.2", "currency": "USD", "projects": list(projects), "timeGenerated": "", **more}


def written(folder: Path, content: object) -> Path:
    file = folder / "infracost.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def error_of(file: Path) -> str:
    with pytest.raises(InputError) as error:
        read_infracost(file)
    return str(error.value).replace(str(file), "FILE")


def test_the_document_is_read_with_exact_amounts() -> None:
    read = read_infracost(EXAMPLE)
    lines = [(part, line.name, line.monthly_cost) for part, line in read.projects[0].breakdown.resources[0].lines()]  # type: ignore[union-attr]
    assert lines == [
        (None, "Instance usage (Linux/UNIX, on-demand, m5.2xlarge)", Decimal("280.32")),
        ("root_block_device", "Storage (general purpose SSD, gp3)", Decimal(8)),
    ]
    assert read.past_total_monthly_cost == Decimal("78.08")


def test_parts_of_parts_are_named_by_their_path(tmp_path: Path) -> None:
    line = {"name": "Storage", "unit": "GB", "price": "0.1", "monthlyQuantity": "1", "monthlyCost": "0.1"}
    inner = {"name": "disk[0]", "metadata": {}, "costComponents": [line]}
    resource = {
        "name": "a.b",
        "metadata": {},
        "subresources": [{"name": "node", "metadata": {}, "subresources": [inner]}],
    }
    made = project(breakdown={"resources": [resource], "totalMonthlyCost": "0.1"})
    read = read_infracost(written(tmp_path, document(made)))
    assert read.projects[0].breakdown is not None
    assert [part for part, _ in read.projects[0].breakdown.resources[0].lines()] == ["node.disk[0]"]


def test_what_powershell_writes_is_read(tmp_path: Path) -> None:
    file = tmp_path / "infracost.json"
    file.write_bytes(json.dumps(document(project())).encode("utf-16"))
    assert read_infracost(file).projects[0].name == "shop"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"version": "0.2",\n "projects": [}', "FILE:2: not valid JSON: Expecting value (column 15)"),
        ("[]", "FILE: not built as Infracost builds it: the document: Input should be a valid dictionary"),
        (document(project(breakdown={"resources": [{"name": 1}]})), f"{PLACE}.name: Input should be a valid string"),
        (
            document(project(breakdown={"resources": [{"name": "a", "monthlyCost": "much"}]})),
            f"{PLACE}.monthlyCost: Input should be a valid decimal",
        ),
        ({**document(project()), "version": "1.0"}, "FILE: Infracost's version '1.0': expected 0.2"),
        (document(), "FILE: it has no projects: nothing was priced"),
        (document(project(breakdown=None)), "FILE: the project 'shop' has no breakdown"),
    ],
)
def test_a_broken_document_is_placed(tmp_path: Path, content: object, message: str) -> None:
    assert error_of(written(tmp_path, content)).startswith(message)


def test_another_currency_says_what_to_do(tmp_path: Path) -> None:
    assert error_of(written(tmp_path, document(project(), currency="EUR"))) == (
        "FILE: its prices are in EUR; policies and reports are in USD\n"
        "  Run infracost again with INFRACOST_CURRENCY=USD."
    )


@pytest.mark.parametrize("where", ["errors", "currentErrors", "pastErrors"])
def test_a_project_that_could_not_be_priced_fails_closed(tmp_path: Path, where: str) -> None:
    failed = {
        "path": ".",
        "type": "terraform_dir",
        where: [{"code": 102, "message": "no such module", "isError": True}],
    }
    content = document(project("ok"), project("dev", metadata=failed), project("prod", metadata=failed))
    assert error_of(written(tmp_path, content)) == (
        "FILE: Infracost could not price the project 'dev': no such module (code 102) (so with 'prod')\n"
        "  Its costs are missing, not zero. Mend the project and run infracost again."
    )


def test_what_is_no_error_does_not_stop(tmp_path: Path) -> None:
    said = {"path": ".", "type": "terraform_dir", "errors": [{"code": 105, "message": "no value", "isError": False}]}
    read = read_infracost(written(tmp_path, document(project(metadata=said))))
    assert [d.message for d in read.projects[0].metadata.diagnostics] == ["no value"]


def test_the_peers_own_examples_are_read(shared: Path) -> None:
    folder = shared / "infracost"
    names = ("breakdown_plan_json", "breakdown_hcl_with_tags", "diff_compare_to_hcl", "output_combined_null_diff")
    read = [read_infracost(folder / f"{name}.json") for name in names]
    assert [type(found) for found in read] == [InfracostDocument] * 4
    assert "'REPLACED_PROJECT_PATH/" in error_of(folder / "breakdown_multi_project_with_errors.json")
