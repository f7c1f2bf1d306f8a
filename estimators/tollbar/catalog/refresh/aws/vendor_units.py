"""The units of the AWS Price List, and how many of our base units one of them holds.

A rule says in which of our units its path is priced; a product that is sold in a unit that is not
known to hold any of those is an error, never a guess. What we count by the piece may be called by any
word of AWS's (``Images Processed``, ``traces``) that holds no number and no measure.

Units were taken from the price lists of February 2023 (terracost's table) and the enumeration of the
Savings Plans API, others from AWS's documentation and from the public code that reads the list.
"""

from __future__ import annotations

import re
from fractions import Fraction

HOURS_PER_MONTH = 730
_NOT_A_LETTER = re.compile(r"[^a-z0-9/]")

_HOURS = ("hr", "hour", "instancehour", "perhour", "hourly")
_GB_MONTHS = ("gbmo", "gbmonth", "gbmonths", "gigabytemonth")
_COUNTS = (
    "", "count", "unit", "quantity", "request", "apirequest", "call", "apicall", "lambdarequest", "message",
    "notification", "event", "64kchunk", "8kchunk", "object", "objectmonth", "objmonth", "objectmonitored", "op",
    "operation", "transition", "statetransition", "query", "querie", "io", "invocation", "execution", "run",
    "payloadunit", "putpayloadunit", "puteventspayload", "chunk", "readrequestunit", "writerequestunit",
    "replicatedwriterequestunit", "certificate", "key", "secret", "alarm", "metric", "dashboard", "rule", "zone",
    "hostedzone", "healthcheck", "tag", "month", "mo", "ca", "privateca", "webacl", "interaction", "parameter",
    "minute", "second", "snapshotapiunit", "url", "line", "image", "record", "update", "metricupdate", "each",
    "encryptionrequest", "token", "feature", "attempt", "certificateauthoritie", "1",
)  # fmt: skip
"""Whatever is sold by the piece: which pieces, the path says."""
_MEASURES = re.compile(
    r"\d|gb|gib|tb|tib|mb|kb|byte|bps|iops|hr|hour|day|week|month|year|minute|second"
    r"|hundred|thousand|million|billion"
)
"""A word without any of these is the name of a single piece, however AWS calls it."""
_COUNTED_IN = (
    "requests", "messages", "notifications", "events", "operations", "objects", "queries", "transitions", "IOs",
    "certificates", "keys", "secrets", "metrics", "rules", "zones", "tags", "months", "minutes", "SnapshotAPIUnits",
    "images", "paths", "lines", "tokens", "runs", "users", "evaluations", "items", "characters", "pages", "ECPUs",
)  # fmt: skip
_HELD: dict[tuple[str, str], Fraction] = {
    **{(theirs, ours): Fraction(1) for theirs in _COUNTS for ours in _COUNTED_IN},
    **{(theirs, "hours"): Fraction(1) for theirs in _HOURS},
    # Sold by the hour, priced by us by the month of 730 hours.
    **{(theirs, "months"): Fraction(1, HOURS_PER_MONTH) for theirs in _HOURS},
    **{(theirs, "GB-months"): Fraction(1) for theirs in _GB_MONTHS},
    ("gbhour", "GB-months"): Fraction(1, HOURS_PER_MONTH),
    ("gbhr", "GB-months"): Fraction(1, HOURS_PER_MONTH),
    ("tbmo", "GB-months"): Fraction(1024),
    **{(theirs, "GB"): Fraction(1) for theirs in ("gb", "gigabyte", "gbyte")},
    ("tb", "GB"): Fraction(1024),
    **{(theirs, "TB"): Fraction(1) for theirs in ("tb", "terabyte")},
    ("shardhour", "hours"): Fraction(1),
    ("hosthr", "hours"): Fraction(1),
    ("streamhour", "hours"): Fraction(1),
    ("clusterhour", "hours"): Fraction(1),
    ("lcuhr", "LCU-hours"): Fraction(1),
    ("lcuhour", "LCU-hours"): Fraction(1),
    **{(theirs, "vCPU-hours"): Fraction(1) for theirs in ("vcpuhour", "vcpuhr", *_HOURS)},
    **{(theirs, "GB-hours"): Fraction(1) for theirs in ("gbhour", "gbhr", *_HOURS)},
    **{(theirs, "GB-hours"): Fraction(1, 3600) for theirs in ("gbsecond", "lambdagbsecond")},
    **{(theirs, "GB-seconds"): Fraction(1) for theirs in ("gbsecond", "lambdagbsecond", "second")},
    ("acuhr", "ACU-hours"): Fraction(1),
    ("acuhour", "ACU-hours"): Fraction(1),
    ("acumonth", "ACU-months"): Fraction(1),
    ("vcpumonth", "vCPU-months"): Fraction(1),
    **{(theirs, "RCU-hours"): Fraction(1) for theirs in ("readcapacityunithr", *_HOURS)},
    **{
        (theirs, "WCU-hours"): Fraction(1)
        for theirs in ("writecapacityunithr", "replicatedwritecapacityunithr", *_HOURS)
    },
    **{(theirs, "IOPS-months"): Fraction(1) for theirs in ("iopsmo", "iopsmonth", "iop")},
    **{(theirs, "MBps-months"): Fraction(1) for theirs in ("mbpsmo", "mibpsmo", "mibpsmonth", "mbpsmonth")},
    ("gibpsmo", "MBps-months"): Fraction(1024),
    ("crhr", "change-records"): Fraction(1),
    **{(theirs, "DPU-hours"): Fraction(1) for theirs in ("dpuhour", "dpuhr", *_HOURS)},
    **{(theirs, "KPU-hours"): Fraction(1) for theirs in ("kpuhour", "kpuhr", *_HOURS)},
    **{(theirs, "OCU-hours"): Fraction(1) for theirs in ("ocuhour", "ocuhr", *_HOURS)},
    **{(theirs, "RPU-hours"): Fraction(1) for theirs in ("rpuhour", "rpuhr", *_HOURS)},
    **{(theirs, "NCU-hours"): Fraction(1) for theirs in ("ncuhour", "ncuhr", *_HOURS)},
    ("mcuhour", "hours"): Fraction(1),
    ("partitionhour", "hours"): Fraction(1),
    ("nodehour", "hours"): Fraction(1),
    ("bucketday", "months"): Fraction(24, HOURS_PER_MONTH),
    ("usermonth", "users"): Fraction(1),
    ("usermo", "users"): Fraction(1),
    **{(theirs, "build-minutes"): Fraction(1) for theirs in ("minute", "buildminute")},
    ("second", "media-minutes"): Fraction(1, 60),
    ("minute", "media-minutes"): Fraction(1),
    ("second", "seconds"): Fraction(1),
    ("nodesecond", "seconds"): Fraction(1),
    ("10000request", "requests"): Fraction(10_000),
    ("10krequest", "requests"): Fraction(10_000),
    **{(theirs, "tokens"): Fraction(1000) for theirs in ("1ktoken", "1000token")},
    **{(theirs, "tokens"): Fraction(1_000_000) for theirs in ("1mtoken", "milliontoken")},
}


def held(theirs: str, ours: str) -> Fraction | None:
    """Return how many of our base units one of AWS's units holds; None where it is not known to hold any."""
    plain = _plain(theirs)
    known = _HELD.get((plain, ours))
    if known is None and ours in _COUNTED_IN and _MEASURES.search(plain) is None:
        return Fraction(1)
    return known


def _plain(unit: str) -> str:
    """Return a unit in small letters without what AWS varies: plurals, hyphens and spaces."""
    letters = _NOT_A_LETTER.sub("", unit.lower())
    return letters.removesuffix("s")
