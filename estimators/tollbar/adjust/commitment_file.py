"""Inventory files of commitments: ``commitments.yml``.

Shape::

    commitments:
      - {kind: reserved_instance, id: ri-1, service: ec2, type: m5.large, region: us-east-1, count: 4,
         os: linux, term: 1_year, payment: no_upfront, start: 2026-01-10, end: 2027-01-09}
      - {kind: savings_plan, id: sp-1, plan: compute, hourly_commitment: 2.5, term: 3_years, percent: 40,
         start: 2026-03-01, end: 2029-02-28}
      - {kind: committed_use, id: cud-1, series: n2, region: us-central1, vcpus: 16, memory_gib: 64,
         term: 1_year, start: 2026-05-01, end: 2027-04-30}
      - {kind: reservation, id: vm-1, size: Standard_D4s_v5, region: westeurope, count: 2, term: 1_year,
         start: 2026-02-01, end: 2027-01-31}
    measured: {on: 2026-11-26, days: 30, reserved_instances_percent: 93.5, savings_plans_percent: 88}
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from tollbar.adjust.commitment import KINDS, Measured
from tollbar.errors import ConfigError
from tollbar.spelling import did_you_mean
from tollbar.yaml_file import YamlList, plain, read_yaml
from tollbar.yaml_model import validated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tollbar.adjust.commitment import CommittedUse, Reservation, ReservedInstance, SavingsPlan
    from tollbar.yaml_file import YamlFile

    AnyCommitment = ReservedInstance | SavingsPlan | CommittedUse | Reservation

_KEYS = ("commitments", "measured")


@dataclass(frozen=True, slots=True)
class Inventory:
    """The commitments of an organisation."""

    commitments: tuple[AnyCommitment, ...]
    measured: Measured | None = None


def read_inventory(path: Path) -> Inventory:
    """Return the commitments of an inventory file.

    Raises:
        ConfigError: The file cannot be read, has an unknown key or a wrong value, or gives an id twice;
            with file and line.
    """
    file = read_yaml(path, ConfigError, "a mapping with the key `commitments`")
    for key in file.root.items:
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or f"Known here: {', '.join(_KEYS)}."
            raise ConfigError(f"unknown key {key!r}", location=file.location([key]), hint=hint)
    listed = file.root.items.get("commitments", YamlList((), 1))
    if not isinstance(listed, YamlList):
        raise ConfigError("commitments: expected a list", location=file.location(["commitments"]))
    commitments = tuple(_commitment(file, position) for position in range(len(listed.items)))
    _refuse_twice(file, commitments)
    told = file.root.items.get("measured")
    measured = validated(Measured, plain(told), file, ["measured"]) if told is not None else None
    return Inventory(commitments, measured)


def inventory_text(inventory: Inventory) -> str:
    """Return an inventory as the YAML that :func:`read_inventory` reads; ordered by kind and id."""
    ordered = sorted(inventory.commitments, key=lambda commitment: (commitment.kind, commitment.id))
    document: dict[str, Any] = {"commitments": [_plain(commitment) for commitment in ordered]}
    if inventory.measured is not None:
        document["measured"] = _plain(inventory.measured)
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True)


def _commitment(file: YamlFile, position: int) -> AnyCommitment:
    steps: list[str | int] = ["commitments", position]
    listed = file.root.items["commitments"]
    content = plain(listed.items[position]) if isinstance(listed, YamlList) else None
    if not isinstance(content, dict):
        raise ConfigError(f"commitments.{position}: expected a mapping", location=file.location(steps))
    kind = content.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        named = f"unknown kind {kind!r}" if "kind" in content else f"commitments.{position}.kind is missing"
        hint = did_you_mean(str(kind), KINDS) or f"Known kinds: {', '.join(KINDS)}."
        raise ConfigError(named, location=file.location([*steps, "kind"]), hint=hint)
    return validated(KINDS[kind], content, file, steps)


def _refuse_twice(file: YamlFile, commitments: Iterable[AnyCommitment]) -> None:
    seen: set[str] = set()
    for position, commitment in enumerate(commitments):
        if commitment.id in seen:
            location = file.location(["commitments", position, "id"])
            raise ConfigError(f"the id {commitment.id!r} is given twice", location=location)
        seen.add(commitment.id)


def _plain(model: AnyCommitment | Measured) -> dict[str, Any]:
    """Return what a model says beyond its defaults, its kind first."""
    told = model.model_dump(exclude_defaults=True)
    return {name: told[name] for name in sorted(told, key=lambda name: name != "kind")}


class _Dumper(yaml.SafeDumper):
    """Writes numbers exactly."""


_Dumper.add_representer(
    Decimal, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", f"{number:f}")
)
