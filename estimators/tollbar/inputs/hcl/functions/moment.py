"""Date and time functions: https://developer.hashicorp.com/terraform/language/functions/formatdate and others."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tollbar.inputs.hcl.functions.function import Function, known_after_apply
from tollbar.inputs.hcl.values import EvaluationError, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tollbar.inputs.hcl.values import Value

_DURATION = re.compile(r"[+-]?(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|h|m|s))+")
_DURATION_PART = re.compile(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|h|m|s)")
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_DATE_PART = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+")
_DATE_PARTS: Mapping[str, Callable[[datetime], str]] = {
    "YYYY": lambda moment: f"{moment.year:04}",
    "YY": lambda moment: f"{moment.year % 100:02}",
    "MMMM": lambda moment: moment.strftime("%B"),
    "MMM": lambda moment: moment.strftime("%b"),
    "MM": lambda moment: f"{moment.month:02}",
    "M": lambda moment: str(moment.month),
    "DD": lambda moment: f"{moment.day:02}",
    "D": lambda moment: str(moment.day),
    "EEEE": lambda moment: moment.strftime("%A"),
    "EEE": lambda moment: moment.strftime("%a"),
    "hh": lambda moment: f"{moment.hour:02}",
    "h": lambda moment: str(moment.hour),
    "HH": lambda moment: f"{(moment.hour - 1) % 12 + 1:02}",
    "H": lambda moment: str((moment.hour - 1) % 12 + 1),
    "AA": lambda moment: "AM" if moment.hour < 12 else "PM",
    "aa": lambda moment: "am" if moment.hour < 12 else "pm",
    "mm": lambda moment: f"{moment.minute:02}",
    "m": lambda moment: str(moment.minute),
    "ss": lambda moment: f"{moment.second:02}",
    "s": lambda moment: str(moment.second),
    "ZZZZZ": lambda moment: moment.isoformat()[-6:],
    "ZZZZ": lambda moment: moment.strftime("%z"),
    "ZZZ": lambda moment: moment.strftime("%z") if moment.utcoffset() else "UTC",
    "Z": lambda moment: moment.isoformat()[-6:] if moment.utcoffset() else "Z",
}


def _format_date(pattern: Value, moment: Value) -> str:
    when = _moment(moment)
    return "".join(_date_part(part, when) for part in _DATE_PART.finditer(as_text(pattern)))


def _date_part(part: re.Match[str], moment: datetime) -> str:
    if part[1] is not None:
        return part[1].replace("''", "'")
    if part[2] is None:
        return part[0]
    if part[0] not in _DATE_PARTS:
        raise EvaluationError(f"formatdate does not know {part[0]!r}")
    return _DATE_PARTS[part[0]](moment)


def _time_add(moment: Value, duration: Value) -> str:
    text = as_text(duration)
    if not _DURATION.fullmatch(text):
        raise EvaluationError(f"{text!r} is no duration")
    seconds = sum(float(amount) * _SECONDS[unit] for amount, unit in _DURATION_PART.findall(text))
    later = _moment(moment) + timedelta(seconds=-seconds if text.startswith("-") else seconds)
    return later.isoformat(timespec="seconds").replace("+00:00", "Z")


def _time_compare(left: Value, right: Value) -> int:
    earlier, later = _moment(left), _moment(right)
    return (earlier > later) - (earlier < later)


def _moment(text: Value) -> datetime:
    try:
        moment = datetime.fromisoformat(as_text(text))
    except ValueError as wrong:
        raise EvaluationError(f"{text!r} is no RFC 3339 timestamp") from wrong
    if moment.tzinfo is None:
        raise EvaluationError(f"{text!r} has no time zone")
    return moment


TIME_FUNCTIONS: Mapping[str, Function] = {
    "formatdate": Function(_format_date),
    "plantimestamp": Function(known_after_apply),
    "timeadd": Function(_time_add),
    "timecmp": Function(_time_compare),
    "timestamp": Function(known_after_apply),
}
