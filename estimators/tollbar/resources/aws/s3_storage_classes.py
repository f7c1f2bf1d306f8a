"""The storage classes of Amazon S3 and what each is billed for. Source: Amazon S3 pricing page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing that a class is billed for: the usage key that tells how much, and the price's name."""

    key: str
    name: str
    price: str
    unit: str


@dataclass(frozen=True, slots=True)
class StorageClass:
    """A storage class. ``name`` starts its usage keys and its price paths; ``label`` is the vendor's name.

    ``lifecycle_name`` is how a lifecycle rule names the class it moves objects to.
    """

    name: str
    label: str
    lifecycle_name: str
    dimensions: tuple[Dimension, ...]


def _gb_months(key: str, name: str, price: str = "storage") -> Dimension:
    return Dimension(key, name, price, "GB-months")


def _gb(key: str, name: str, price: str) -> Dimension:
    return Dimension(key, name, price, "GB")


def _requests(key: str, name: str, price: str) -> Dimension:
    return Dimension(key, name, price, "requests")


_STORED: Final = _gb_months("storage_gb", "Storage")
_ACCESS: Final = (
    _requests("monthly_tier_1_requests", "PUT, COPY, POST, LIST requests", "put_requests"),
    _requests("monthly_tier_2_requests", "GET, SELECT, and all other requests", "get_requests"),
)
_TRANSITIONS: Final = _requests("monthly_lifecycle_transition_requests", "Lifecycle transitions", "transitions")
_RETRIEVAL: Final = _gb("monthly_data_retrieval_gb", "Retrievals", "retrieval")


def _select(speed: str = "") -> tuple[Dimension, Dimension]:
    prefix, suffix, path = (f"{speed}_", f" ({speed})", f"/{speed}") if speed else ("", "", "")
    return (
        _gb(f"monthly_{prefix}select_data_scanned_gb", f"Select data scanned{suffix}", f"select_scanned{path}"),
        _gb(f"monthly_{prefix}select_data_returned_gb", f"Select data returned{suffix}", f"select_returned{path}"),
    )


def _restore(speed: str) -> tuple[Dimension, Dimension]:
    return (
        _requests(
            f"monthly_{speed}_data_retrieval_requests", f"Retrieval requests ({speed})", f"retrieval_requests/{speed}"
        ),
        _gb(f"monthly_{speed}_data_retrieval_gb", f"Retrievals ({speed})", f"retrieval/{speed}"),
    )


def _early_delete(days: int) -> Dimension:
    return _gb_months("early_delete_gb", f"Early delete (within {days} days)", "early_delete")


STANDARD = StorageClass("standard", "Standard", "STANDARD", (_STORED, *_ACCESS, *_select()))

CLASSES = (
    STANDARD,
    StorageClass(
        "intelligent_tiering",
        "Intelligent tiering",
        "INTELLIGENT_TIERING",
        (
            _gb_months("frequent_access_storage_gb", "Storage (frequent access)", "storage/frequent"),
            _gb_months("infrequent_access_storage_gb", "Storage (infrequent access)", "storage/infrequent"),
            _gb_months("archive_access_storage_gb", "Storage (archive access)", "storage/archive"),
            _gb_months("deep_archive_access_storage_gb", "Storage (deep archive access)", "storage/deep_archive"),
            Dimension("monitored_objects", "Monitoring and automation", "monitoring", "objects"),
            *_ACCESS,
            _TRANSITIONS,
            *_select(),
            _early_delete(30),
        ),
    ),
    StorageClass(
        "standard_infrequent_access",
        "Standard - infrequent access",
        "STANDARD_IA",
        (_STORED, *_ACCESS, _TRANSITIONS, _RETRIEVAL, *_select(), _early_delete(30)),
    ),
    StorageClass(
        "one_zone_infrequent_access",
        "One zone - infrequent access",
        "ONEZONE_IA",
        (_STORED, *_ACCESS, _TRANSITIONS, _RETRIEVAL, *_select(), _early_delete(30)),
    ),
    StorageClass(
        "glacier_instant_retrieval",
        "Glacier instant retrieval",
        "GLACIER_IR",
        (_STORED, *_ACCESS, _TRANSITIONS, _RETRIEVAL, _early_delete(90)),
    ),
    StorageClass(
        "glacier_flexible_retrieval",
        "Glacier flexible retrieval",
        "GLACIER",
        (
            _STORED,
            *_ACCESS,
            _TRANSITIONS,
            *_restore("standard"),
            *_select("standard"),
            *_restore("expedited"),
            *_select("expedited"),
            *_select("bulk"),
            _early_delete(90),
        ),
    ),
    StorageClass(
        "glacier_deep_archive",
        "Glacier deep archive",
        "DEEP_ARCHIVE",
        (_STORED, *_ACCESS, _TRANSITIONS, *_restore("standard"), *_restore("bulk"), _early_delete(180)),
    ),
)
