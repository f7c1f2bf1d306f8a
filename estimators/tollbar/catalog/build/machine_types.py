"""``python -m tollbar.catalog.build.machine_types DIRECTORY``: write the facts of machine types, cloud by cloud."""

from __future__ import annotations

import argparse
import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.catalog.build.source_tables import SourceTables
from tollbar.resources.machine_types import COLUMNS, MachineType, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.catalog.build.source_tables import Row
    from tollbar.resource import Cloud

_TABLES: Mapping[Cloud, tuple[str, ...]] = {
    "aws": ("aws_ec2_on_demand",),
    "azure": ("azure_vm_on_demand", "azure_vm_spot_windows_eu"),
    "gcp": ("gcp_compute",),
}
_AZURE_ARM = re.compile(r"standard_[a-z]+\d+(?:-\d+)?p")
_GCP_ARM = ("t2a-", "c4a-", "n4a-")
_GPUS_UNTOLD = {"standard_nd96is_mi300x_v5": 8}
_V100_OF_P3 = {"p3.2xlarge": 1, "p3.8xlarge": 4, "p3.16xlarge": 8}
_GPU_PARTS = {"g6f.large": "0.125", "g6f.xlarge": "0.125", "g6f.2xlarge": "0.25", "g6f.4xlarge": "0.5",
              "gr6f.4xlarge": "0.5"}  # fmt: skip
"""Parts of an L4 (Amazon EC2 G6f instances)."""
_VCPUS_OF_ONE_GPU = ((re.compile(r"standard_nv\d+adm?s_a10_v5"), 36), (re.compile(r"standard_nv\d+as_v4"), 32))
"""Azure sizes that share a GPU: how many vCPUs a whole one has (NVadsA10 v5 and NVv4 series)."""


def main() -> None:
    """Write ``machine_types.csv`` of every cloud from the attributes of the on-demand prices."""
    parser = argparse.ArgumentParser(prog="python -m tollbar.catalog.build.machine_types", description=__doc__)
    parser.add_argument("directory", type=Path, help="folder with the source tables (*.csv.gz)")
    tables = SourceTables(parser.parse_args().directory)
    for cloud in _TABLES:
        types = machine_types(tables, cloud)
        with table_of(cloud).open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(_cells(types[name]) for name in sorted(types))
        print(f"{cloud}: {len(types)} machine types")  # noqa: T201 -- a build step reports on stdout


def machine_types(tables: SourceTables, cloud: Cloud) -> dict[str, MachineType]:
    """Return the machine types of a cloud of which the sources tell vCPUs and memory, by name."""
    found: dict[str, MachineType] = {}
    for row in _rows(tables, cloud):
        name = row.sku_key.lower()
        vcpus, memory = (Decimal(str(row.attributes[fact])) for fact in ("vcpus", "memory_gib"))
        if memory == 0:
            continue  # a source rounds what is below 1 GiB to nothing
        gpu, gpus = _gpus(name, row, vcpus)
        found.setdefault(name, MachineType(name, vcpus, memory, _architecture(cloud, name, row), gpu, gpus))
    return found


def _rows(tables: SourceTables, cloud: Cloud) -> Iterator[Row]:
    for table in _TABLES[cloud]:
        yield from (row for row in tables.rows(table) if "vcpus" in row.attributes and "kind" not in row.attributes)


def _architecture(cloud: Cloud, name: str, row: Row) -> str:
    if cloud == "aws":
        return str(row.attributes.get("arch", ""))
    is_arm = name.startswith(_GCP_ARM) if cloud == "gcp" else bool(_AZURE_ARM.match(name))
    return "arm64" if is_arm else "amd64"


def _gpus(name: str, row: Row, vcpus: Decimal) -> tuple[str, Decimal]:
    model, count = str(row.attributes.get("gpu_model", "")).lower(), Decimal(str(row.attributes.get("gpu_count", 0)))
    if name in _V100_OF_P3:
        return "v100", Decimal(_V100_OF_P3[name])
    if name in _GPUS_UNTOLD:
        return model, Decimal(_GPUS_UNTOLD[name])
    if name.startswith("p4de."):
        return "a100-80gb", count
    if name in _GPU_PARTS:
        return model, Decimal(_GPU_PARTS[name])
    shared_by = next((whole for pattern, whole in _VCPUS_OF_ONE_GPU if pattern.fullmatch(name)), None)
    return model, vcpus / shared_by if shared_by else count


def _cells(fact: MachineType) -> tuple[str, ...]:
    numbers = [f"{round(number, 4).normalize():f}" for number in (fact.vcpus, fact.memory_gib, fact.gpus)]
    return (fact.name, *numbers[:2], fact.architecture, fact.gpu, numbers[2] if fact.gpu else "")


if __name__ == "__main__":
    main()
