"""OpenSearch Service: instances, storage and UltraWarm; serverless capacity by the page.

The list of on-demand prices is whole for three regions; the others follow from AWS's file of 2024,
as far as it was read, and from the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/opensearch"
_INSTANCE = "aws/opensearch/instance/on_demand"
_STORAGE = {
    "Storage (gp2)": SoldAs("aws/opensearch/storage/gp2", "GB-months"),
    "Storage (gp3)": SoldAs("aws/opensearch/storage/gp3", "GB-months"),
    "Storage (io1)": SoldAs("aws/opensearch/storage/io1", "GB-months"),
    "Storage (standard)": SoldAs("aws/opensearch/storage/standard", "GB-months"),
    "Storage IOPS (io1)": SoldAs("aws/opensearch/iops/io1", "IOPS-months"),
    "Throughput (gp3)": SoldAs("aws/opensearch/throughput/gp3", "MBps-months"),
}
_TESTED_INSTANCE = re.compile(r"(?:Instance|Dedicated master|UltraWarm instance) \(on-demand, (\S+)\)")


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield hours of instances and the storage of domains; Elasticsearch domains cost the same."""
    for row in tables.rows("aws_opensearch_redshift_msk", service="opensearch"):
        yield row.price(f"{_INSTANCE}/{row.sku_key}")
    for resource_type in ("aws_opensearch_domain", "aws_elasticsearch_domain"):
        yield from peer_prices(tables, resource_type, _STORAGE)
        for tested in tables.test_suite_prices(resource_type):
            if found := _TESTED_INSTANCE.fullmatch(tested.component):
                instance_type = found[1].replace(".elasticsearch", ".search")
                yield tested.price(f"{_INSTANCE}/{instance_type}")
    yield from page_prices(tables, TABLE)
