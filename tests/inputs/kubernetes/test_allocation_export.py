"""Exports of OpenCost and Kubecost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tollbar.component import Quantity
from tollbar.errors import InputError
from tollbar.inputs.kubernetes.allocation_export import AllocationExport, read_allocation_export
from tollbar.inputs.usage_history import UsageHistory

DATA = Path(__file__).parent / "data" / "allocation.json"
TABLE = """\
Date,Namespace,ControllerKind,ControllerName,Pod,Container,CPUCoreUsageAverage,CPUCoreRequestAverage,\
RAMBytesUsageAverage,RAMBytesRequestAverage,NetworkReceiveBytes,NetworkTransferBytes,GPUs,PVBytes,CPUCost,RAMCost,\
NetworkCost,PVCost,GPUCost,TotalCost
2026-10-01,shop,deployment,web,web-1,web,0.5,1,2147483648,1073741824,0,0,0,0,0.48,0.144,0,0,0,0.624
2026-10-01,shop,deployment,web,web-2,web,1.5,1,1073741824,2147483648,0,0,1,10737418240,0.72,0.144,0,0.0131506849,21.6,22
"""


def read(tmp_path: Path, text: str, name: str = "export.csv") -> AllocationExport:
    """Read an export."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_allocation_export(file)


def test_rates_are_what_was_paid_for_what_was_taken() -> None:
    export = read_allocation_export(DATA)
    assert export.as_of == "2026-10-03"
    assert export.rates == {
        "cpu": ("vCPU-hours", Decimal("0.02")),
        "ram": ("GiB-hours", Decimal("0.003")),
        "gpu": ("GPU-hours", Decimal("0.9")),
        "storage": ("GiB-months", Decimal("0.05")),
    }


def test_what_a_workload_took_is_its_history() -> None:
    history = read_allocation_export(DATA).history
    assert history.of("shop/Deployment/web") == {
        "monthly_vcpu_hours": Quantity(Decimal(1460), Decimal(2190), Decimal(2920), "history"),
        "monthly_memory_gib_hours": Quantity(Decimal(2920), Decimal(2920), Decimal(2920), "history"),
    }
    assert list(history.by_address) == ["shop/Deployment/web", "shop/CronJob/report"]


def test_a_usage_history_counts_before_the_export() -> None:
    known = Quantity.fixed(5)
    told = UsageHistory("history.csv", {"shop/Deployment/web": {"monthly_vcpu_hours": known}, "x": {"replicas": known}})
    joined = read_allocation_export(DATA).joined_to(told)
    assert joined.of("shop/Deployment/web")["monthly_vcpu_hours"] is known
    assert joined.of("shop/Deployment/web")["monthly_memory_gib_hours"].expected == 2920
    assert joined.of("x") == {"replicas": known}


def test_the_table_that_opencost_writes_is_read(tmp_path: Path) -> None:
    export = read(tmp_path, TABLE)
    rates = {what: round(rate, 6) for what, (_, rate) in export.rates.items()}
    assert rates == {
        "cpu": Decimal("0.02"),  # 1.20 for the larger of request and use: 1 and 1.5 cores, a day
        "ram": Decimal("0.003"),
        "gpu": Decimal("0.9"),
        "storage": Decimal("0.04"),
    }
    assert export.as_of == "2026-10-02"
    assert export.history.of("shop/Deployment/web")["monthly_vcpu_hours"].expected == 1825


def test_a_table_with_the_fields_of_the_allocation_api_is_read(tmp_path: Path) -> None:
    export = read(
        tmp_path,
        "Namespace,Controller Kind,Controller,Start,End,CPU Core Hours,CPU Cost,RAM Byte Hours,RAM Cost\n"
        "shop,statefulset,db,2026-10-01T00:00:00Z,2026-10-31T10:00:00Z,730,14.6,0,0\n",
    )
    assert export.rates == {"cpu": ("vCPU-hours", Decimal("0.02"))}
    assert export.history.of("shop/StatefulSet/db")["monthly_vcpu_hours"].expected == 730


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", ":1: this is no export of allocations\n  Expected is"),
        ('{"data": []}', ": it tells no allocation\n  Expected is"),
        ("{", ": not valid JSON: "),
        (TABLE.replace("0.48", "much"), ":2: cpucost: 'much' is not a number"),
        (TABLE.replace("2026-10-01", "soon"), ":2: start: 'soon' is not a time"),
        ('{"data": [{"a": {"cpuCost": 1}}]}', ": a: start: None is not a time"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'export.csv'}{message}")
