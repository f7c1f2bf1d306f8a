"""Detectors of waste: SQL files that say in their head what they claim, and what can be set.

A file begins with comment lines that hold YAML: ``title``, ``claim`` (what is taken for waste), ``fix``,
``priority`` (the lower claims first), ``grain`` and ``parameters`` (each a ``default`` and a ``description``).
``$name`` in the SQL stands for a parameter. A detector of grain ``call`` returns claims
(``call_id, detector, wasted_usd, basis, group_key, related_call_id``), one of grain ``group`` returns
observations (``group_key, calls, tokens, cost_usd, factor, detail``), which claim no money.
Files in ``tables/`` prepare what several detectors read. The SQL is DuckDB's, and kept to what sqlglot can
write for Spark. Adding a detector is adding a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml

from tollbar.errors import CatalogError, ConfigError
from tollbar.spelling import nearest_or_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = int | Decimal | str | bool
Grain = Literal["call", "group", "table"]
FOLDER = Path(__file__).parent / "detectors"
_MARK = re.compile(r"\$([a-z_]+)")
_SETTING = re.compile(r"([a-z_]+)\.([a-z_]+)=(.*)", re.DOTALL)
_WORDS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold of a detector."""

    name: str
    default: Value
    description: str

    def parsed(self, given: object, origin: str) -> Value:
        """Return a value that is given for the parameter, of the type of its default.

        Raises:
            ConfigError: The value is of another type, or below 0.
        """
        value = _value(given)
        if isinstance(self.default, int | Decimal) and not isinstance(self.default, bool):
            right = isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0
            expected = "a number that is not below 0"
        else:
            right, expected = isinstance(value, type(self.default)), "true or false"
            expected = expected if isinstance(self.default, bool) else "a text"
        if not right:
            raise ConfigError(f"{origin} is {given!r}; expected {expected}", hint=f"The default is {self.default}.")
        return value


@dataclass(frozen=True, slots=True)
class Detector:
    """One SQL file: what it finds, what its waste comes from, and its query."""

    name: str
    title: str
    claim: str
    fix: str
    priority: int
    grain: Grain
    parameters: Mapping[str, Parameter] = field(hash=False)
    query: str = field(repr=False)

    def sql(self, settings: Settings) -> str:
        """Return the query with its parameters filled in."""
        values = settings.of(self)
        return _MARK.sub(lambda mark: _literal(values[mark[1]]), self.query)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set otherwise than the detectors have it, by detector and parameter; and which are switched off."""

    values: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    off: frozenset[str] = frozenset()

    def of(self, detector: Detector) -> dict[str, Value]:
        """Return the parameters of a detector with their values."""
        given = self.values.get(detector.name, {})
        return {name: given.get(name, parameter.default) for name, parameter in detector.parameters.items()}


def detectors(folder: Path = FOLDER) -> tuple[Detector, ...]:
    """Return the detectors, those that claim first before the others.

    Raises:
        CatalogError: A file's head is not what it should be.
    """
    found = [_read(file, None) for file in sorted(folder.glob("*.sql"))]
    return tuple(sorted(found, key=lambda detector: (detector.grain, detector.priority, detector.name)))


def prepared_tables(folder: Path = FOLDER) -> tuple[Detector, ...]:
    """Return the tables that detectors read besides ``calls`` and the rates; in the order to make them."""
    found = [_read(file, "table") for file in sorted((folder / "tables").glob("*.sql"))]
    return tuple(sorted(found, key=lambda table: (table.priority, table.name)))


def settings_of(
    sections: Mapping[str, object], assignments: Iterable[str], known: Iterable[Detector], origin: str
) -> Settings:
    """Return the settings of a ``scan:`` section (detector -> parameters, or ``off``) and of ``--set`` on top.

    Raises:
        ConfigError: There is no such detector or parameter (the nearest is named), or a value does not fit.
    """
    by_name = {detector.name: detector for detector in known}
    values: dict[str, dict[str, Value]] = {}
    off = set()
    for name, section in sections.items():
        detector = _known(name, by_name, f"{origin}: scan")
        if section is False or section == "off":
            off.add(name)
            continue
        if not isinstance(section, dict):
            raise ConfigError(f"{origin}: scan.{name} is {section!r}; expected its parameters, or off")
        for parameter, given in section.items():
            place = f"{origin}: scan.{name}.{parameter}"
            values.setdefault(name, {})[parameter] = _parameter(detector, parameter, place).parsed(given, place)
    for assignment in assignments:
        matched = _SETTING.fullmatch(assignment)
        if matched is None:
            raise ConfigError(f"--set {assignment}: expected DETECTOR.PARAMETER=VALUE")
        name, parameter, given = matched.groups()
        detector = _known(name, by_name, "--set")
        place = f"--set {name}.{parameter}"
        values.setdefault(name, {})[parameter] = _parameter(detector, parameter, place).parsed(given, place)
    return Settings(values, frozenset(off))


def _known(name: str, by_name: Mapping[str, Detector], place: str) -> Detector:
    if name not in by_name:
        raise ConfigError(f"{place}: there is no detector {name!r}", hint=nearest_or_all(name, by_name))
    return by_name[name]


def _parameter(detector: Detector, name: str, place: str) -> Parameter:
    if name not in detector.parameters:
        hint = nearest_or_all(name, detector.parameters) if detector.parameters else "It has none."
        raise ConfigError(f"{place}: {detector.name} has no such parameter", hint=hint)
    return detector.parameters[name]


def _read(file: Path, grain: Grain | None) -> Detector:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    length = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    head = "\n".join(line.removeprefix("--").removeprefix(" ") for line in lines[:length])
    try:
        told = yaml.safe_load(head)
        parameters = {
            name: Parameter(name, _value(entry["default"]), entry["description"])
            for name, entry in (told.get("parameters") or {}).items()
        }
        detector = Detector(
            file.stem, told["title"], told["claim"], told["fix"], told["priority"], grain or told["grain"],
            parameters, "\n".join(lines[length:]).strip(),
        )  # fmt: skip
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise CatalogError(f"{file.name}: its head is not what a detector's is ({error})") from None
    if unknown := {mark for mark in _MARK.findall(detector.query) if mark not in parameters}:
        raise CatalogError(f"{file.name}: no parameters {', '.join(sorted(unknown))}")
    return detector


def _value(given: object) -> Value:
    """Return a setting as typed: numbers exact, also where they are written as text."""
    if isinstance(given, bool | int | Decimal):
        return given
    if isinstance(given, float):
        return Decimal(str(given))
    text = str(given)
    if text in _WORDS:
        return _WORDS[text]
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    return int(number) if number == number.to_integral_value() else number


def _literal(value: Value) -> str:
    """Return a value as SQL has it; a text in quotes, its own doubled."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
