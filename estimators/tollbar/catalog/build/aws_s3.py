"""S3 storage, requests and retrievals: all classes in us-east-1, the Standard class in the main regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.source_tables import tiered_price
from tollbar.catalog.build.vendor_pages import page_price, page_prices
from tollbar.price import PriceKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/s3"
_CLASSES = {
    "Standard": "standard",
    "Intelligent tiering": "intelligent_tiering",
    "Standard - infrequent access": "standard_infrequent_access",
    "One zone - infrequent access": "one_zone_infrequent_access",
    "Glacier flexible retrieval": "glacier_flexible_retrieval",
    "Glacier deep archive": "glacier_deep_archive",
}
_GB_MONTHS = {
    "Storage": "storage",
    "Storage (frequent access)": "storage/frequent",
    "Storage (infrequent access)": "storage/infrequent",
    "Storage (archive access)": "storage/archive",
    "Storage (deep archive access)": "storage/deep_archive",
    "Early delete (within 30 days)": "early_delete",
    "Early delete (within 90 days)": "early_delete",
    "Early delete (within 180 days)": "early_delete",
}
_GB = {
    "Retrievals": "retrieval",
    "Retrievals (standard)": "retrieval/standard",
    "Retrievals (expedited)": "retrieval/expedited",
    "Retrievals (bulk)": "retrieval/bulk",
    "Select data scanned": "select_scanned",
    "Select data scanned (standard)": "select_scanned/standard",
    "Select data scanned (expedited)": "select_scanned/expedited",
    "Select data scanned (bulk)": "select_scanned/bulk",
    "Select data returned": "select_returned",
    "Select data returned (standard)": "select_returned/standard",
    "Select data returned (expedited)": "select_returned/expedited",
    "Select data returned (bulk)": "select_returned/bulk",
}
_REQUESTS = {
    "PUT, COPY, POST, LIST requests": "put_requests",
    "GET, SELECT, and all other requests": "get_requests",
    "Lifecycle transition": "transitions",
    "Retrieval requests (standard)": "retrieval_requests/standard",
    "Retrieval requests (expedited)": "retrieval_requests/expedited",
    "Retrieval requests (bulk)": "retrieval_requests/bulk",
}
_CURATED = {
    "S3-glacier_instant-storage": ("glacier_instant_retrieval/storage", "GB-months", 1),
    "S3-glacier_instant-put_per_1000": ("glacier_instant_retrieval/put_requests", "requests", 1000),
    "S3-glacier_instant-get_per_1000": ("glacier_instant_retrieval/get_requests", "requests", 1000),
    "S3-glacier_instant-retrieval_per_gb": ("glacier_instant_retrieval/retrieval", "GB", 1),
    "S3-glacier_flexible-storage": ("glacier_flexible_retrieval/storage", "GB-months", 1),
    "S3-glacier_flexible-put_per_1000": ("glacier_flexible_retrieval/put_requests", "requests", 1000),
    "S3-standard_ia-storage": ("standard_infrequent_access/storage", "GB-months", 1),
    "S3-standard_ia-put_per_1000": ("standard_infrequent_access/put_requests", "requests", 1000),
    "S3-standard_ia-get_per_1000": ("standard_infrequent_access/get_requests", "requests", 1000),
    "S3-standard_ia-retrieval_per_gb": ("standard_infrequent_access/retrieval", "GB", 1),
    "S3-standard-put_per_1000": ("standard/put_requests", "requests", 1000),
    "S3-standard-get_per_1000": ("standard/get_requests", "requests", 1000),
}
_SERVICES = {
    "S3-PutRequest": "aws/s3/standard/put_requests",
    "S3-GetRequest": "aws/s3/standard/get_requests",
}
_MANAGEMENT = {
    ("aws_s3_bucket", "Object tagging"): ("object_tags", "tags", 10_000),
    ("aws_s3_bucket_analytics_configuration", "Objects monitored"): ("analytics_objects", "objects", 1_000_000),
    ("aws_s3_bucket_inventory", "Objects listed"): ("inventory_objects", "objects", 1_000_000),
}
# An object deleted before the class's minimum duration is charged as storage for the rest of it.
_EARLY_DELETE_AS_STORAGE = ("standard_infrequent_access", "one_zone_infrequent_access")

# Amazon S3 pricing page, S3 Standard, as listed in mid-2025: USD per GB-month of the first 50 TB, the
# next 450 TB and beyond; per 1,000 PUT, COPY, POST, LIST requests; per 1,000 GET and other requests.
_PAGE_DATE = "2025-06-30"
_STANDARD = {
    "us-east-2": ("0.023", "0.022", "0.021", "0.005", "0.0004"),
    "us-west-1": ("0.026", "0.025", "0.024", "0.0055", "0.00044"),
    "us-west-2": ("0.023", "0.022", "0.021", "0.005", "0.0004"),
    "ca-central-1": ("0.025", "0.024", "0.023", "0.0055", "0.00044"),
    "eu-west-1": ("0.023", "0.022", "0.021", "0.005", "0.0004"),
    "eu-west-2": ("0.024", "0.023", "0.022", "0.0053", "0.00042"),
    "eu-central-1": ("0.0245", "0.0235", "0.0225", "0.0054", "0.00043"),
    "ap-northeast-1": ("0.025", "0.024", "0.023", "0.0047", "0.00037"),
    "ap-southeast-1": ("0.025", "0.024", "0.023", "0.005", "0.0004"),
    "ap-southeast-2": ("0.025", "0.024", "0.023", "0.0055", "0.00044"),
    "ap-south-1": ("0.025", "0.024", "0.023", "0.005", "0.0004"),
    "sa-east-1": ("0.0405", "0.039", "0.037", "0.007", "0.00056"),
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of every class and of the management features."""
    yield from _by_class(tables)
    yield from _curated(tables)
    yield from _requests(tables)
    for (resource_type, component), (path, unit, per) in _MANAGEMENT.items():
        for row in tables.test_suite_prices(resource_type, component):
            yield row.price(f"aws/s3/{path}", unit, per)
    yield from _from_page(tables)
    yield from page_prices(tables, TABLE)


def _requests(tables: SourceTables) -> Iterator[Price]:
    for row in tables.rows("aws_services", service="s3"):
        if row.sku_key in _SERVICES:
            yield row.price(_SERVICES[row.sku_key])


def _by_class(tables: SourceTables) -> Iterator[Price]:
    for row in tables.test_suite_prices("aws_s3_bucket"):
        if row.sub_resource not in _CLASSES:
            continue
        name = _CLASSES[row.sub_resource]
        root = f"aws/s3/{name}"
        if row.component in _REQUESTS:
            yield row.price(f"{root}/{_REQUESTS[row.component]}", "requests", 1000)
        elif row.component in _GB:
            yield row.price(f"{root}/{_GB[row.component]}", "GB")
        elif row.component == "Monitoring and automation":
            yield row.price(f"{root}/monitoring", "objects", 1000)
        else:
            yield row.price(f"{root}/{_GB_MONTHS[row.component]}", "GB-months")
            if row.component == "Storage" and name in _EARLY_DELETE_AS_STORAGE:
                yield row.price(f"{root}/early_delete", "GB-months")


def _curated(tables: SourceTables) -> Iterator[Price]:
    rows = list(tables.rows("misc_curated_services", cloud="aws", service="s3"))
    for row in rows:
        if row.sku_key in _CURATED:
            path, unit, per = _CURATED[row.sku_key]
            yield row.price(f"aws/s3/{path}", unit, per)
        if row.sku_key == "S3-glacier_instant-storage":
            yield row.price("aws/s3/glacier_instant_retrieval/early_delete")
    tiers = [row for row in rows if row.sku_key == "S3-standard-storage"]
    yield tiered_price("aws/s3/standard/storage", tiers)
    # The page lists the frequent access tier of Intelligent-Tiering with the tiers of Standard.
    yield tiered_price("aws/s3/intelligent_tiering/storage/frequent", tiers)


def _from_page(tables: SourceTables) -> Iterator[Price]:
    for region, (first, second, third, put, get) in _STANDARD.items():
        tiers = f"0:{first}|51200:{second}|512000:{third}"
        storage = PriceKey("aws/s3/standard/storage", region)
        yield page_price(tables, storage, tiers, "GB-months", _PAGE_DATE)
        for path, text in (("put_requests", put), ("get_requests", get)):
            key = PriceKey(f"aws/s3/standard/{path}", region)
            yield page_price(tables, key, text, "requests", _PAGE_DATE, per=1000)
    transitions = PriceKey("aws/s3/glacier_instant_retrieval/transitions", "us-east-1")
    yield page_price(tables, transitions, "0.02", "requests", _PAGE_DATE, per=1000)
