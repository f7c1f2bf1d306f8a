"""Usage files: how much a project's resources are used a month, in Infracost's format.

Shape: https://www.infracost.io/docs/features/usage_based_resources/ (``version: 0.1``)::

    version: 0.1
    resource_type_default_usage:
      aws_lambda_function:
        monthly_requests: 1000000
    resource_usage:
      aws_s3_bucket.logs[*]:
        standard:
          storage_gb: {low: 10, expected: 50, high: 200}
      azurerm_recovery_services_vault.main:
        azurerm_backup_protected_vm.web:   # within what it belongs to, or at the top: both mean the same
          disk_utilization_gb: 300
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.location import Location
from tollbar.spelling import did_you_mean
from tollbar.yaml_file import YamlList, YamlMapping, YamlScalar, read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from tollbar.yaml_file import YamlValue

VERSION = "0.1"
RANGE_KEYS = ("low", "expected", "high")

_TYPE_DEFAULTS = "resource_type_default_usage"
_RESOURCES = "resource_usage"
_SECTIONS = ("version", _TYPE_DEFAULTS, _RESOURCES)
_KEY = r"\[(?:\d+|\"(?:[^\"\\]|\\.)*\")\]"
_ANY_KEY = "[*]"
_WITHIN = re.compile(r"(?:aws|azurerm|google)_\w+\..+")
"""An address where a usage key is expected: of a resource that belongs to the one whose use is told."""
_TYPE_AND_NAME = re.compile(rf"(?:^|\.)([^.\[]+)\.[^.\[]+(?:{_KEY}|\[\*\])?$")


@dataclass(frozen=True, slots=True)
class UsageEntry:
    """One value: its key with dots (``standard.storage_gb``), and the line it stands in."""

    key: str
    value: Any
    line: int


@dataclass(frozen=True, slots=True)
class _AddressUsage:
    """What is said of the resources with one address, which may hold wildcards."""

    address: str
    type: str
    entries: tuple[UsageEntry, ...]
    pattern: re.Pattern[str] | None = None

    @property
    def literal_length(self) -> int:
        """How much of the address is no wildcard: the more, the more it counts."""
        return len(self.address.replace(_ANY_KEY, "").replace("*", ""))


@dataclass(frozen=True)
class UsageFile:
    """The use that a file tells of, by resource type and by address."""

    path: str
    type_defaults: Mapping[str, tuple[UsageEntry, ...]] = field(default_factory=dict)
    addresses: tuple[_AddressUsage, ...] = ()
    _exact: Mapping[str, _AddressUsage] = field(init=False, repr=False)
    _wildcards: Mapping[str, list[_AddressUsage]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the addresses: exact ones by themselves, wildcards by type, the least specific first."""
        wildcards: dict[str, list[_AddressUsage]] = defaultdict(list)
        for usage in sorted(self.addresses, key=lambda usage: usage.literal_length):
            if usage.pattern is not None:
                wildcards[usage.type].append(usage)
        object.__setattr__(self, "_exact", {usage.address: usage for usage in self.addresses if usage.pattern is None})
        object.__setattr__(self, "_wildcards", wildcards)

    def for_resource(self, address: str, resource_type: str) -> dict[str, Any]:
        """Return what is said of one resource, by dotted key.

        The exact address overrides wildcards, a more specific wildcard a less specific one, and all of
        them the type's default, key by key.
        """
        return {entry.key: entry.value for entry in self._entries_for(address, resource_type)}

    def unmatched(self, declared: Collection[str]) -> list[str]:
        """Return the addresses without wildcards that no resource has, as misspelt ones have not."""
        return [address for address in self._exact if address not in declared]

    def location_of(self, address: str, resource_type: str, key: str) -> Location:
        """Return where the value stands that counts for one resource's key, the file where there is none."""
        lines = [entry.line for entry in self._entries_for(address, resource_type) if entry.key == key]
        return Location(self.path, lines[-1] if lines else None)

    def _entries_for(self, address: str, resource_type: str) -> list[UsageEntry]:
        """Return the entries that hold for a resource, the weakest first."""
        entries = list(self.type_defaults.get(resource_type, ()))
        for usage in (*self._wildcards.get("", ()), *self._wildcards.get(resource_type, ())):
            if usage.pattern is not None and usage.pattern.fullmatch(address):
                entries += usage.entries
        if address in self._exact:
            entries += self._exact[address].entries
        return entries

    def check_keys(self, known: Mapping[str, Iterable[str]]) -> None:
        """Check the keys of every type in ``known``; other types are left alone.

        A known key that ends in ``.*`` stands for all below it: there the user names what is counted.

        Raises:
            InputError: A key is none of its type's.
        """
        for resource_type, entry in self._entries_by_type():
            if resource_type in known and not _is_among(entry.key, keys := set(known[resource_type])):
                raise InputError(
                    f"{resource_type} has no usage key {entry.key!r}",
                    location=Location(self.path, entry.line),
                    hint=did_you_mean(entry.key, keys) or _listing(keys),
                )

    def _entries_by_type(self) -> Iterator[tuple[str, UsageEntry]]:
        for resource_type, entries in self.type_defaults.items():
            yield from ((resource_type, entry) for entry in entries)
        for usage in self.addresses:
            if usage.address.count('"') % 2 == 0:  # else it is no address: it meets no resource
                yield from ((usage.type, entry) for entry in usage.entries)


def read_usage_file(path: Path) -> UsageFile:
    """Return the usage file at a path.

    Raises:
        InputError: It cannot be read, is not YAML, or is not built as usage files are.
    """
    document = read_yaml(path, InputError).root
    _check_sections(document, path)
    defaults = {name: _entries(section, path) for name, section in _sections(document, _TYPE_DEFAULTS, path)}
    told = {name: _entries(section, path) for name, section in _addresses(document, path)}
    for name in [name for name in told if _is_type(name)]:
        defaults[name] = (*defaults.get(name, ()), *told.pop(name))
    return UsageFile(
        path=str(path),
        type_defaults=defaults,
        addresses=tuple(
            _AddressUsage(address, _type_of(address), entries, _pattern(address)) for address, entries in told.items()
        ),
    )


def _is_type(name: str) -> bool:
    """Whether a name under ``resource_usage`` is a type's: what is said of it then holds for all of its resources."""
    return "." not in name and "*" not in name


def _check_sections(document: YamlMapping, path: Path) -> None:
    for name, value in document.items.items():
        if name not in _SECTIONS:
            raise InputError(
                f"{name!r} is not part of a usage file",
                location=Location(str(path), value.line),
                hint=did_you_mean(name, _SECTIONS) or f"Known are {', '.join(_SECTIONS)}.",
            )
    version = document.items.get("version")
    if version is not None and str(getattr(version, "value", "")) != VERSION:
        raise InputError(f"the version must be {VERSION}", location=Location(str(path), version.line))


def _sections(document: YamlMapping, name: str, path: Path) -> Iterator[tuple[str, YamlMapping]]:
    """Yield key and content of everything in a section of the file; empty content is left out."""
    section = document.items.get(name)
    if section is None or _is_empty(section):
        return
    for key, value in _as_section(section, f"{name} must map addresses or types to their use", path).items.items():
        if not _is_empty(value):
            yield key, _as_section(value, f"{key} must map usage keys to values", path)


def _addresses(document: YamlMapping, path: Path) -> Iterator[tuple[str, YamlMapping]]:
    """Yield address and content of every resource whose use is told, at the top or within another."""
    for address, section in _sections(document, _RESOURCES, path):
        within = {
            name: value
            for name, value in section.items.items()
            if _WITHIN.fullmatch(name) and isinstance(value, YamlMapping)
        }
        yield address, replace(section, items={k: v for k, v in section.items.items() if k not in within})
        yield from within.items()


def _as_section(value: YamlValue, expected: str, path: Path) -> YamlMapping:
    if not isinstance(value, YamlMapping):
        raise InputError(expected, location=Location(str(path), value.line))
    return value


def _is_empty(value: YamlValue) -> bool:
    return isinstance(value, YamlScalar) and value.value is None


def _entries(section: YamlMapping, path: Path, prefix: str = "") -> tuple[UsageEntry, ...]:
    entries: list[UsageEntry] = []
    for name, value in section.items.items():
        key = f"{prefix}{name}"
        if isinstance(value, YamlList):
            raise InputError("a list is not expected here", location=Location(str(path), value.line))
        if isinstance(value, YamlMapping):
            if value.items and value.items.keys() <= set(RANGE_KEYS):
                entries.append(UsageEntry(key, _range(key, value, path), value.line))
            else:
                entries += _entries(value, path, f"{key}.")
        elif value.value is not None:
            _check_amount(key, value, path)
            entries.append(UsageEntry(key, value.value, value.line))
    return tuple(entries)


def _range(key: str, section: YamlMapping, path: Path) -> dict[str, Any]:
    ends = {}
    for name in RANGE_KEYS:
        end = section.items.get(name)
        if isinstance(end, YamlScalar) and end.number is not None:
            _check_amount(key, end, path)
            ends[name] = end.number
        elif end is not None or name == "expected":
            line = end.line if end is not None else section.line
            raise InputError(f"{key}: {name} of the range must be a number", location=Location(str(path), line))
    ordered = [ends[name] for name in RANGE_KEYS if name in ends]
    if ordered != sorted(ordered):
        raise InputError(
            f"{key}: a range must go up: low <= expected <= high", location=Location(str(path), section.line)
        )
    return ends


def _check_amount(key: str, leaf: YamlScalar, path: Path) -> None:
    if leaf.number is not None and leaf.number < 0:
        raise InputError(f"{key} must not be negative", location=Location(str(path), leaf.line))


def _type_of(address: str) -> str:
    """Return the resource type in an address, "" where a wildcard stands for it or there is none."""
    match = _TYPE_AND_NAME.search(address)
    return "" if match is None or "*" in match[1] or match[1] == "module" else match[1]


def _pattern(address: str) -> re.Pattern[str] | None:
    """Return what an address with wildcards matches: ``[*]`` any index or key, ``*`` anything."""
    if "*" not in address:
        return None
    keys = (re.escape(part).replace(r"\*", ".*") for part in address.split(_ANY_KEY))
    return re.compile(_KEY.join(keys))


def _is_among(key: str, known: Iterable[str]) -> bool:
    return any(key == name or (name.endswith(".*") and key.startswith(name[:-1])) for name in known)


def _listing(keys: Iterable[str]) -> str:
    names = sorted(keys)
    return f"Known are {', '.join(names)}." if names else "It has no usage keys."
