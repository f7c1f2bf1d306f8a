"""``python -m tollbar.catalog.build.aws_instance_types DIRECTORY``: write the facts of EC2 instance types."""

from __future__ import annotations

import argparse
import csv
from decimal import Decimal
from pathlib import Path

from tollbar.catalog.build.source_tables import SourceTables
from tollbar.resources.aws.instance_types import COLUMNS, TABLE


def main() -> None:
    """Write ``instance_types.csv`` from the attributes of the on-demand prices."""
    parser = argparse.ArgumentParser(prog="python -m tollbar.catalog.build.aws_instance_types", description=__doc__)
    parser.add_argument("directory", type=Path, help="folder with the source tables (*.csv.gz)")
    types = instance_types(SourceTables(parser.parse_args().directory))
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((name, *types[name]) for name in sorted(types))
    print(f"{TABLE.name}: {len(types)} types")  # noqa: T201 -- a build step reports on stdout


def instance_types(tables: SourceTables) -> dict[str, tuple[str, str, str]]:
    """Return vCPUs, GiB of memory and architecture by instance type."""
    return {
        row.sku_key: (
            str(row.attributes["vcpus"]),
            f"{Decimal(str(row.attributes['memory_gib'])).normalize():f}",
            str(row.attributes.get("arch", "")),
        )
        for row in tables.rows("aws_ec2_on_demand")
    }


if __name__ == "__main__":
    main()
