"""Plans: what ``terraform show -json PLAN`` (or OpenTofu's) prints.

Shape: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tollbar.errors import InputError
from tollbar.inputs.interface import Declaration, Source
from tollbar.inputs.names import with_references_by_name
from tollbar.inputs.plan_configuration import PlanProviders, module_configuration
from tollbar.inputs.plan_file import SHOW_HINT, UnresolvedExpression, read_plan
from tollbar.inputs.plan_unknowns import UnknownValues, holds_true
from tollbar.inputs.provider import cloud_of, provider_name
from tollbar.inputs.references import InstanceAddress, ReferenceResolver
from tollbar.inputs.region import region_of, with_regions_of_references
from tollbar.inputs.tags import tags_of
from tollbar.location import Location
from tollbar.resource import Attributes, Inventory, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tollbar.inputs.interface import ReadOptions
    from tollbar.resource import Action

_ACTIONS: Mapping[tuple[str, ...], Action] = {
    ("no-op",): "no-op",
    ("create",): "create",
    ("update",): "update",
    ("delete",): "delete",
    ("delete", "create"): "replace",
    ("create", "delete"): "replace",
    ("create", "forget"): "replace",
}
_TERRAFORM_SYNTAX = (".tf", ".tf.json", ".tfvars", ".tfvars.json")


class TerraformPlanReader:
    """Reads a plan in JSON."""

    def can_read(self, path: Path) -> bool:
        """Whether the path is a file other than one in Terraform's own language."""
        return path.is_file() and not path.name.endswith(_TERRAFORM_SYNTAX)

    def read(self, path: Path, options: ReadOptions) -> Declaration:
        """Return the planned state and the state before."""
        plan, has_unresolved = read_plan(path)
        try:
            return _Plan(plan, options.environment, has_unresolved=has_unresolved).declaration(
                Source("terraform_plan", str(path))
            )
        except (AttributeError, KeyError, TypeError, ValueError) as wrong:
            raise InputError(
                f"this plan is not built as Terraform builds them ({type(wrong).__name__} while reading it)",
                location=Location(str(path)),
                hint=SHOW_HINT,
            ) from wrong


READER = TerraformPlanReader()


@dataclass(frozen=True, slots=True)
class _Instance:
    """One resource instance as a plan lists it."""

    address: InstanceAddress
    type: str
    name: str
    values: Mapping[str, Any]


class _Plan:
    """A plan on its way to the inventories before and after."""

    def __init__(self, plan: Mapping[str, Any], environment: Mapping[str, str], *, has_unresolved: bool) -> None:
        self._plan = plan
        self._has_unresolved = has_unresolved
        self._environment = environment
        self._configuration = module_configuration((plan.get("configuration") or {}).get("root_module") or {})
        self._changes: Mapping[str, Mapping[str, Any]] = {
            change["address"]: change
            for change in plan.get("resource_changes") or ()
            if change.get("mode", "managed") == "managed" and "deposed" not in change
        }
        self._prior = ((plan.get("prior_state") or {}).get("values") or {}).get("root_module") or {}
        self._providers = PlanProviders(plan, environment)

    def declaration(self, source: Source) -> Declaration:
        """Return the declaration."""
        after = list(self._after())
        before = list(self._before({str(instance.address) for instance in after}))
        references = ReferenceResolver(self._configuration, (instance.address for instance in (*after, *before)))
        self._providers.learn_regions(
            (references.provider_key(instance.address) or provider_name(instance.type), instance.values)
            for instance in (*self._region_sources(), *before, *after)
        )
        return Declaration(
            source=source,
            after=self._inventory(after, {address: _action(change) for address, change in self._changes.items()}),
            before=self._inventory(before, {}),
            warnings=(*self._providers.warnings, *self._warnings()),
        )

    def _after(self) -> Iterator[_Instance]:
        planned = list(_instances(self._plan["planned_values"].get("root_module") or {}))
        unknowns = self._unknown_values(planned)
        for instance in planned:
            unknown = _after_unknown(self._changes.get(str(instance.address)) or {})
            if unknown:
                values = unknowns.marked(instance.address, instance.type, instance.values, unknown)
                yield replace(instance, values=values)
            else:
                yield instance

    def _unknown_values(self, planned: Iterable[_Instance]) -> UnknownValues:
        """Return the reader of unknown values; data sources have a change where only apply reads them."""
        changes = self._plan.get("resource_changes") or ()
        read_later = (
            _instance(change, change.get("module_address") or "", {}) for change in changes if _is_data(change)
        )
        instances = (instance.address for instance in (*planned, *read_later))
        references = ReferenceResolver(self._configuration, instances)
        uncertain = (change["address"] for change in changes if holds_true(_after_unknown(change)))
        return UnknownValues(references, uncertain)

    def _before(self, planned: set[str]) -> Iterator[_Instance]:
        """Yield what exists, under the addresses that the plan gives it.

        What Terraform only forgets goes on to cost: it does not look like something that goes away.
        """
        moved = {change.get("previous_address") for change in self._changes.values()} - {None}
        forgotten = {address for address, change in self._changes.items() if _is_forgotten(change)}
        seen = {*moved, *(forgotten - planned)}
        for instance in _instances(self._prior):
            if (address := str(instance.address)) not in seen:
                seen.add(address)
                yield instance
        for address, change in self._changes.items():
            values = (change.get("change") or {}).get("before")
            if address not in seen and isinstance(values, Mapping):
                yield _instance(change, change.get("module_address") or "", values)

    def _region_sources(self) -> Iterator[_Instance]:
        """Yield the ``aws_region`` data sources, with the region under the name that resources have it."""
        for source in _instances(self._prior, mode="data"):
            if source.type == "aws_region":
                region = source.values.get("region") or source.values.get("name")
                yield _Instance(source.address, source.type, source.name, {"region": region})

    def _inventory(self, instances: list[_Instance], actions: Mapping[str, Action]) -> Inventory:
        references = ReferenceResolver(self._configuration, (instance.address for instance in instances))
        resources = [self._resource(instance, references, actions) for instance in instances]
        return Inventory(with_regions_of_references(with_references_by_name(resources)))

    def _resource(self, instance: _Instance, references: ReferenceResolver, actions: Mapping[str, Action]) -> Resource:
        cloud, attributes = cloud_of(instance.type), Attributes(instance.values)
        key = references.provider_key(instance.address) or provider_name(instance.type)
        provider = self._providers.provider(key)
        address = str(instance.address)
        return Resource(
            address=address,
            type=instance.type,
            name=instance.name,
            cloud=cloud,
            region=region_of(cloud, attributes, provider, self._environment),
            attributes=attributes,
            tags=tags_of(cloud, attributes, provider.default_tags),
            action=actions.get(address, "no-op"),
            references={
                **references.references(instance.address),
                **(dict(_unresolved_references(instance, references)) if self._has_unresolved else {}),
            },
        )

    def _warnings(self) -> Iterator[str]:
        for address, change in self._changes.items():
            if _is_forgotten(change):
                yield f"{address} is only removed from the state: it goes on to exist and to cost"
        for deferred in self._plan.get("deferred_changes") or ():
            change = deferred.get("resource_change") or {}
            yield f"{change.get('address')} is deferred to a later plan: it is not priced"


def _instances(module: Mapping[str, Any], mode: str = "managed", path: str = "") -> Iterator[_Instance]:
    for entry in module.get("resources") or ():
        if entry.get("mode", "managed") == mode:
            yield _instance(entry, path, entry.get("values") or {})
    for child in module.get("child_modules") or ():
        yield from _instances(child, mode, child["address"])


def _instance(entry: Mapping[str, Any], module: str, values: Mapping[str, Any]) -> _Instance:
    for field in ("address", "type", "name"):
        if not isinstance(entry[field], str):
            raise TypeError(field)
    name = f"{entry['type']}.{entry['name']}"
    if entry.get("mode") == "data":
        name = f"data.{name}"
    start = len(module) + 1 if module else 0
    key = entry["address"][start + len(name) :]
    return _Instance(InstanceAddress(module, name, key), entry["type"], entry["name"], values)


def _unresolved_references(instance: _Instance, references: ReferenceResolver) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path, expression in _unresolved(instance.values, ""):
        if addresses := references.addresses_of(instance.address, expression):
            yield path, addresses


def _unresolved(value: Any, path: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 -- any JSON
    """Yield the attribute paths that hold an expression instead of a value."""
    if isinstance(value, UnresolvedExpression):
        yield path, value.expression
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _unresolved(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for part in value:
            yield from _unresolved(part, path)


def _is_data(change: Mapping[str, Any]) -> bool:
    return change.get("mode") == "data"


def _after_unknown(change: Mapping[str, Any]) -> Mapping[str, Any]:
    return (change.get("change") or {}).get("after_unknown") or {}


def _action(change: Mapping[str, Any]) -> Action:
    return _ACTIONS.get(tuple((change.get("change") or {}).get("actions") or ()), "no-op")


def _is_forgotten(change: Mapping[str, Any]) -> bool:
    return (change.get("change") or {}).get("actions") == ["forget"]
