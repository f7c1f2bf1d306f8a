"""Amazon S3: storage, requests and retrievals of all classes, management features.

Three service codes list them: AmazonS3, AmazonGlacier (Flexible Retrieval) and
AmazonS3GlacierDeepArchive. Usage types and their classes: "Understanding your AWS billing and usage
reports for Amazon S3", S3 user guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules, renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tollbar.price import Price

_CLASSES = {
    "SIA": "standard_infrequent_access",
    "ZIA": "one_zone_infrequent_access",
    "GIR": "glacier_instant_retrieval",
    "INT": "intelligent_tiering",
}
_FLEXIBLE, _DEEP, _STANDARD = "glacier_flexible_retrieval", "glacier_deep_archive", "standard"
_GLACIER = {"servicecode": "AmazonGlacier"}
_DEEP_ARCHIVE = {"servicecode": "AmazonS3GlacierDeepArchive"}
_S3 = {"servicecode": "AmazonS3"}
_INTELLIGENT = {
    "FA": ("frequent", {}),
    "IA": ("infrequent", {}),
    "AIA": ("archive_instant", {}),
    "AA": ("archive", {"volumeType": "IntelligentTieringArchiveStorage"}),
    "DAA": ("deep_archive", {"volumeType": "IntelligentTieringDeepArchiveStorage"}),
}
"""Tiers of Intelligent-Tiering; of the archives there is staging storage beside the real one."""
_SPEEDS = {"Std": "standard", "Exp": "expedited", "Bulk": "bulk"}
_TRANSITIONS = {
    "S3-GlacierTransition": _FLEXIBLE,
    "S3-GDATransition": _DEEP,
    "S3-GIRTransition": "glacier_instant_retrieval",
    "S3-SIATransition": "standard_infrequent_access",
    "S3-ZIATransition": "one_zone_infrequent_access",
    "S3-INTTransition": "intelligent_tiering",
    "": "standard_infrequent_access",
}
"""Operations of lifecycle transitions; one without a name is to any of the classes that are not archives."""
_SAME_TRANSITION = ("one_zone_infrequent_access", "intelligent_tiering")
_CHARGED_AS_STORAGE = ("standard_infrequent_access", "one_zone_infrequent_access", "glacier_instant_retrieval")
"""An object deleted before its class's least duration is charged as storage for the rest of it."""


def _root(storage_class: str) -> str:
    return f"aws/s3/{storage_class}"


def _standard() -> Iterator[Rule]:
    root = _root(_STANDARD)
    yield Rule("TimedStorage-ByteHrs", f"{root}/storage", "GB-months", {"volumeType": "Standard", **_S3})
    yield Rule("Requests-Tier1", f"{root}/put_requests", "requests", _S3)
    yield Rule("Requests-Tier2", f"{root}/get_requests", "requests", _S3)
    yield Rule("Select-Scanned-Bytes", f"{root}/select_scanned", "GB", _S3)
    yield Rule("Select-Returned-Bytes", f"{root}/select_returned", "GB", _S3)


def _marked() -> Iterator[Rule]:
    """Yield the classes that a mark in the usage type tells."""
    for mark, storage_class in _CLASSES.items():
        root = _root(storage_class)
        yield Rule(f"TimedStorage-{mark}-ByteHrs", f"{root}/storage", "GB-months")
        yield Rule(f"Requests-{mark}-Tier1", f"{root}/put_requests", "requests")
        yield Rule(f"Requests-{mark}-Tier2", f"{root}/get_requests", "requests")
        yield Rule(f"Retrieval-{mark}", f"{root}/retrieval", "GB")
        yield Rule(f"Select-Scanned-{mark}-Bytes", f"{root}/select_scanned", "GB")
        yield Rule(f"Select-Returned-{mark}-Bytes", f"{root}/select_returned", "GB")
        yield Rule(f"EarlyDelete-{mark}", f"{root}/early_delete", "GB-months")
    root = _root("intelligent_tiering")
    for mark, (tier, where) in _INTELLIGENT.items():
        yield Rule(f"TimedStorage-INT-{mark}-ByteHrs", f"{root}/storage/{tier}", "GB-months", where)
    yield Rule("Monitoring-Automation-INT", f"{root}/monitoring", "objects")


def _express() -> Iterator[Rule]:
    root = _root("express_one_zone")
    yield Rule("TimedStorage-XZ-ByteHrs", f"{root}/storage", "GB-months")
    yield Rule("Requests-XZ-Tier1", f"{root}/put_requests", "requests")
    yield Rule("Requests-XZ-Tier2", f"{root}/get_requests", "requests")


def _flexible() -> Iterator[Rule]:
    root = _root(_FLEXIBLE)
    yield Rule("TimedStorage-ByteHrs", f"{root}/storage", "GB-months", _GLACIER)
    yield Rule("Requests-GLACIER-Tier1", f"{root}/put_requests", "requests", {"operation": "PostObject", **_S3})
    yield Rule("Requests-GLACIER-Tier2", f"{root}/get_requests", "requests", _S3)
    yield Rule("Requests-Tier1", f"{root}/retrieval_requests/standard", "requests", _GLACIER)
    yield Rule("Requests-Tier3", f"{root}/retrieval_requests/expedited", "requests", _GLACIER)
    yield Rule("Standard-Retrieval-Bytes", f"{root}/retrieval/standard", "GB", _GLACIER)
    yield Rule("Expedited-Retrieval-Bytes", f"{root}/retrieval/expedited", "GB", _GLACIER)
    for mark, speed in _SPEEDS.items():
        yield Rule(f"{mark}-Select-Scanned-Bytes", f"{root}/select_scanned/{speed}", "GB", _GLACIER)
        yield Rule(f"{mark}-Select-Returned-Bytes", f"{root}/select_returned/{speed}", "GB", _GLACIER)
    yield Rule("EarlyDelete-ByteHrs", f"{root}/early_delete", "GB-months", _GLACIER)


def _deep_archive() -> Iterator[Rule]:
    root = _root(_DEEP)
    yield Rule("TimedStorage-GDA-ByteHrs", f"{root}/storage", "GB-months")
    post = {"operation": "PostObject", **_DEEP_ARCHIVE}
    yield Rule("Requests-GDA-Tier1", f"{root}/put_requests", "requests", post)
    yield Rule("Requests-GDA-Tier2", f"{root}/get_requests", "requests", _S3)
    restore = {"operation": "", **_DEEP_ARCHIVE}
    yield Rule("Requests-GDA-Tier3", f"{root}/retrieval_requests/standard", "requests", restore)
    yield Rule("Requests-GDA-Tier5", f"{root}/retrieval_requests/bulk", "requests", _DEEP_ARCHIVE)
    yield Rule("Standard-Retrieval-Bytes", f"{root}/retrieval/standard", "GB", _DEEP_ARCHIVE)
    yield Rule("Bulk-Retrieval-Bytes", f"{root}/retrieval/bulk", "GB", _DEEP_ARCHIVE)
    yield Rule("EarlyDelete-GDA", f"{root}/early_delete", "GB-months")


def _management() -> Iterator[Rule]:
    for operation, storage_class in _TRANSITIONS.items():
        path = f"{_root(storage_class)}/transitions"
        tier = "Requests-Tier3" if storage_class in {_FLEXIBLE, _DEEP} else "Requests-Tier4"
        yield Rule(tier, path, "requests", {"operation": operation, **_S3})
    yield Rule("TagStorage-TagHrs", "aws/s3/object_tags", "tags")
    yield Rule("StorageAnalytics-ObjCount", "aws/s3/analytics_objects", "objects")
    yield Rule("Inventory-ObjectsListed", "aws/s3/inventory_objects", "objects")


def _derived(prices: Mapping[str, Price]) -> Iterator[Price]:
    """Yield what AWS lists once for several classes, and early deletion where it is charged as storage."""
    transition = prices.get(f"{_root('standard_infrequent_access')}/transitions")
    if transition is not None:
        yield from (renamed(transition, f"{_root(name)}/transitions") for name in _SAME_TRANSITION)
    for name in _CHARGED_AS_STORAGE:
        stored = prices.get(f"{_root(name)}/storage")
        if stored is not None:
            yield renamed(stored, f"{_root(name)}/early_delete")


SERVICE = Service(
    "s3",
    (Query("AmazonS3"), Query("AmazonGlacier"), Query("AmazonS3GlacierDeepArchive")),
    by_rules((*_standard(), *_marked(), *_express(), *_flexible(), *_deep_archive(), *_management())),
    derived=_derived,
)
