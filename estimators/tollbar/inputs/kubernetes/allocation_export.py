"""Exports of OpenCost and Kubecost: what a cluster has cost before gives rates, and how workloads were used.

Two forms are read: the answer of the allocation API (JSON: ``{"code": 200, "data": [{name: allocation}, …]}``,
``/allocation`` of OpenCost, ``/model/allocation`` of Kubecost), and tables (CSV) whose columns carry the names of the
allocation's fields, such as OpenCost's CSV export. What a workload took is told per controller: ask the API with
``aggregate=namespace,controllerKind,controller`` or any finer one. Amounts are taken to be USD.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.usage_history import UsageHistory, range_of
from tollbar.location import Location
from tollbar.money import HOURS_PER_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_GIB = Decimal(1024) ** 3
_HOURS_A_DAY = 24
_ZERO = Decimal(0)
_RATES = {
    "cpu": ("vCPU-hours", "cpu_cost", "cpu_hours"),
    "ram": ("GiB-hours", "ram_cost", "ram_hours"),
    "gpu": ("GPU-hours", "gpu_cost", "gpu_hours"),
    "storage": ("GiB-months", "pv_cost", "pv_months"),
}
"""What there are rates of: the unit, and the sums whose quotient the rate is."""
_KINDS = {
    "deployment": "Deployment",
    "statefulset": "StatefulSet",
    "daemonset": "DaemonSet",
    "replicaset": "ReplicaSet",
    "job": "Job",
    "cronjob": "CronJob",
    "rollout": "Rollout",
    "pod": "Pod",
}
_CRON_RUN = re.compile(r"(.+)-\d{8,10}")
"""The name of a job that a CronJob made: its own and the minute it was due at."""
_EXPECTED = "Expected is the JSON of OpenCost's allocation API, or a CSV table with its fields as columns."


@dataclass(frozen=True, slots=True)
class AllocationExport:
    """What an export tells: rates by what they are the price of (unit and USD), and use by address.

    ``as_of`` is the day its last window ends.
    """

    path: str
    as_of: str
    rates: Mapping[str, tuple[str, Decimal]] = field(default_factory=dict)
    history: UsageHistory = field(default_factory=lambda: UsageHistory(""))

    @property
    def location(self) -> Location:
        """The file."""
        return Location(self.path)

    def joined_to(self, told: UsageHistory | None) -> UsageHistory:
        """Return the use of the months before; what a usage history tells of a resource counts before the export."""
        if told is None:
            return self.history
        addresses = {*self.history.by_address, *told.by_address}
        merged = {address: {**self.history.of(address), **told.of(address)} for address in addresses}
        return UsageHistory(told.path, merged, {**self.history.lines, **told.lines})


@dataclass(slots=True)
class _Allocation:
    """What one workload took in one window."""

    namespace: str
    kind: str
    controller: str
    start: datetime
    end: datetime
    amounts: dict[str, Decimal]


def read_allocation_export(path: Path) -> AllocationExport:
    """Return what an export tells.

    Raises:
        InputError: It cannot be read, is neither form, or tells no allocation.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", location=Location(str(path))) from None
    read = _of_json if text.lstrip().startswith(("{", "[")) else _of_table
    allocations = list(read(text, str(path)))
    if not allocations:
        raise InputError("it tells no allocation", location=Location(str(path)), hint=_EXPECTED)
    as_of = max(allocation.end for allocation in allocations)
    return AllocationExport(str(path), as_of.date().isoformat(), dict(_rates(allocations)), _history(allocations, path))


def _rates(allocations: Iterable[_Allocation]) -> Iterator[tuple[str, tuple[str, Decimal]]]:
    """Yield what each thing has cost per unit: all that was paid for it by all that was taken of it."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for allocation in allocations:
        for name, value in allocation.amounts.items():
            sums[name] += value
    for what, (unit, cost, taken) in _RATES.items():
        if sums[taken] > 0 and sums[cost] > 0:
            yield what, (unit, sums[cost] / sums[taken])


def _history(allocations: Iterable[_Allocation], path: Path) -> UsageHistory:
    """Return what each workload took, as if each window were a month."""
    taken: dict[tuple[str, str], dict[datetime, dict[str, Decimal]]] = defaultdict(dict)
    for allocation in allocations:
        hours = Decimal(str((allocation.end - allocation.start).total_seconds())) / 3600
        address = _address(allocation)
        if address is None or hours <= 0:
            continue
        for key, name in (("monthly_vcpu_hours", "cpu_hours"), ("monthly_memory_gib_hours", "ram_hours")):
            window = taken[address, key].setdefault(allocation.start, {"taken": _ZERO, "hours": _ZERO})
            window["taken"] += allocation.amounts.get(name, _ZERO)
            window["hours"] = max(window["hours"], hours)
    by_address: dict[str, dict[str, Any]] = defaultdict(dict)
    for (address, key), windows in taken.items():
        a_month = [w["taken"] * HOURS_PER_MONTH / w["hours"] for _, w in sorted(windows.items())]
        by_address[address][key] = range_of(a_month)
    lines = {(address, key): 1 for address, keys in by_address.items() for key in keys}
    return UsageHistory(str(path), by_address, lines)


def _address(allocation: _Allocation) -> str | None:
    kind = _KINDS.get(allocation.kind.lower())
    name = allocation.controller.rpartition(":")[2]
    if kind is None or not name or name.startswith("__") or not allocation.namespace:
        return None
    run = _CRON_RUN.fullmatch(name) if kind == "Job" else None
    return f"{allocation.namespace}/CronJob/{run[1]}" if run else f"{allocation.namespace}/{kind}/{name}"


def _of_json(text: str, path: str) -> Iterator[_Allocation]:
    try:
        document = json.loads(text, parse_float=Decimal)
    except ValueError as wrong:
        raise InputError(f"not valid JSON: {wrong}", location=Location(path)) from None
    sets = document.get("data") if isinstance(document, dict) else document
    if isinstance(sets, dict):
        sets = sets.get("sets", [sets])
    for entry in sets if isinstance(sets, list) else ():
        named = entry.get("allocations", entry) if isinstance(entry, dict) else None
        for name, allocation in named.items() if isinstance(named, dict) else ():
            if isinstance(allocation, dict) and not _is_of_nobody(name):
                yield _of_answer(name, allocation, path)


def _is_of_nobody(name: str) -> bool:
    """Whether an entry is none of a workload: what is idle, or volumes that nothing mounts."""
    return name.startswith(("__idle__", "__unmounted__")) or name.endswith(("__idle__", "__unmounted__"))


def _of_answer(name: str, allocation: Mapping[str, Any], path: str) -> _Allocation:
    properties = allocation.get("properties") or {}
    window = allocation.get("window") or {}
    start, end = (_time(allocation.get(key) or window.get(key), f"{name}: {key}", path) for key in ("start", "end"))

    def number(key: str) -> Decimal:
        return _number(allocation.get(key), f"{name}: {key}", path)

    volumes = allocation.get("pvs") or {}
    volumes = volumes if isinstance(volumes, dict) else {}
    byte_hours = number("pvByteHours") or sum(
        (_number(v.get("byteHours"), f"{name}: pvs", path) for v in volumes.values() if isinstance(v, dict)), _ZERO
    )
    volume_cost = number("pvCost") or sum(
        (_number(v.get("cost"), f"{name}: pvs", path) for v in volumes.values() if isinstance(v, dict)), _ZERO
    )
    return _Allocation(
        namespace=str(properties.get("namespace") or ""),
        kind=str(properties.get("controllerKind") or ("pod" if properties.get("pod") else "")),
        controller=str(properties.get("controller") or properties.get("pod") or ""),
        start=start,
        end=end,
        amounts={
            "cpu_cost": number("cpuCost") + number("cpuCostAdjustment"),
            "cpu_hours": number("cpuCoreHours"),
            "ram_cost": number("ramCost") + number("ramCostAdjustment"),
            "ram_hours": number("ramByteHours") / _GIB,
            "gpu_cost": number("gpuCost") + number("gpuCostAdjustment"),
            "gpu_hours": number("gpuHours"),
            "pv_cost": volume_cost + number("pvCostAdjustment"),
            "pv_months": byte_hours / _GIB / HOURS_PER_MONTH,
        },
    )


def _of_table(text: str, path: str) -> Iterator[_Allocation]:
    rows = csv.reader(io.StringIO(text))
    header = [_column(name) for name in next(rows, [])]
    if "cpucost" not in header or "ramcost" not in header or not {"date", "start", "window"} & set(header):
        raise InputError("this is no export of allocations", location=Location(path, 1), hint=_EXPECTED)
    for line, row in enumerate(rows, start=2):
        if row:
            yield _of_row(dict(zip(header, row, strict=False)), f"{path}:{line}")


def _column(name: str) -> str:
    """Return a column's name without case, spaces and signs: ``CPU Core Hours`` is the field cpuCoreHours."""
    return re.sub(r"[^a-z]", "", name.lower())


def _of_row(row: Mapping[str, str], place: str) -> _Allocation:
    """Return the allocation in a row; a table with averages alone tells hours by the larger of request and usage."""
    start = _time(row.get("start") or row.get("date") or row.get("window", "").partition(",")[0], "start", place)
    told_end = row.get("end") or row.get("window", "").partition(",")[2]
    end = _time(told_end, "end", place) if told_end else start + timedelta(hours=_HOURS_A_DAY)
    hours = Decimal(str((end - start).total_seconds())) / 3600

    def number(*names: str) -> Decimal:
        return next((_number(row[name], name, place) for name in names if row.get(name)), _ZERO)

    cores = max(number("cpucorerequestaverage"), number("cpucoreusageaverage"))
    memory = max(
        number("rambyterequestaverage", "rambytesrequestaverage"), number("rambyteusageaverage", "rambytesusageaverage")
    )
    return _Allocation(
        namespace=row.get("namespace", ""),
        kind=row.get("controllerkind", ""),
        controller=row.get("controllername") or row.get("controller", ""),
        start=start,
        end=end,
        amounts={
            "cpu_cost": number("cpucost"),
            "cpu_hours": number("cpucorehours") or cores * hours,
            "ram_cost": number("ramcost"),
            "ram_hours": (number("rambytehours") or memory * hours) / _GIB,
            "gpu_cost": number("gpucost"),
            "gpu_hours": number("gpuhours") or number("gpus", "gpucount") * hours,
            "pv_cost": number("pvcost"),
            "pv_months": (number("pvbytehours") or number("pvbytes") * hours) / _GIB / HOURS_PER_MONTH,
        },
    )


def _number(value: object, what: str, place: str) -> Decimal:
    if value is None or value == "":
        return _ZERO
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InputError(f"{what}: {value!r} is not a number", location=Location(place))
    return number


def _time(value: object, what: str, place: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise InputError(f"{what}: {value!r} is not a time", location=Location(place)) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
