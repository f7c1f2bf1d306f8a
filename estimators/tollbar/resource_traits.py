"""The traits of one resource: what its bill tells, what its tags and its use say, and what its type declares.

What a type declares counts before what its bill tells.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tollbar.adjust.billed_traits import billed_traits, purchase_option
from tollbar.estimate import Traits
from tollbar.traits import UTILIZATION_KEYS, declared_traits
from tollbar.usage import NotAShareError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.resource import Inventory, Resource
    from tollbar.resources.registry import Bill, ResourceType
    from tollbar.usage import Usage

_HOURS_KEYS = ("monthly_hrs", "monthly_hours")
_SAYS_INTERRUPTIBLE = frozenset({"fault-tolerant", "faulttolerant", "interruptible", "preemptible"})
_SAYS_WORKLOAD = frozenset({"workload", "workload-type", "workloadtype"})
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_SCHEDULE_TAGS = frozenset({"schedule", "auto-shutdown", "autoshutdown"})
_SCHEDULES = (
    "aws_autoscaling_schedule",
    "aws_scheduler_schedule",
    "azurerm_dev_test_global_vm_shutdown_schedule",
    "azurerm_automation_job_schedule",
)
_SCHEDULE_POLICY = "google_compute_resource_policy"


def resource_traits(
    resource: Resource, estimator: ResourceType, bill: Bill, usage: Usage, inventory: Inventory
) -> Traits | None:
    """Return what is known of a resource besides its cost, None where nothing is.

    Raises:
        NotAShareError, NotANumberError: A utilization is told that is no share.
    """
    found = billed_traits(resource.cloud, declared_size(resource, estimator), bill.components)
    found |= _said_by_tags(resource.tags)
    found |= dict(declared_traits(estimator.traits, resource, usage, inventory))
    is_machine = "vcpus" in found and resource.cloud != "kubernetes"  # pods run on the machines of others
    option = purchase_option(bill.components, is_machine=is_machine)
    if option is not None:
        found["purchase_option"] = option
    if is_machine:
        found |= _hours(resource, bill, usage, inventory)
    if usage.given or usage.past:
        found |= _told_utilization(usage)
    return _traits(**found) if found else None


@cache
def _traits(**found: Any) -> Traits:  # noqa: ANN401 -- traits are of any type
    """Return the traits; resources of which the same is known share them."""
    return Traits.model_construct(**found)


def declared_size(resource: Resource, estimator: ResourceType) -> str | None:
    """Return the machine type or size that a resource declares, None where it is not known."""
    attribute = estimator.size_attribute
    if attribute is None or resource.attributes.is_unknown(attribute):
        return None
    return resource.attributes.text(attribute)


def _hours(resource: Resource, bill: Bill, usage: Usage, inventory: Inventory) -> Mapping[str, Any]:
    """Return for how many hours each of its machines runs; nothing where a schedule may stop them or none runs."""
    for key in _HOURS_KEYS:
        if key in usage.keys and usage.is_told(key):
            return {"hours_per_month": usage.quantity(key).expected}
    if not any(line.unit.endswith("hours") and line.quantity.expected for line in bill.components):
        return {}
    return {} if _is_scheduled(resource, inventory) else {"hours_per_month": usage.hours_per_month}


def _is_scheduled(resource: Resource, inventory: Inventory) -> bool:
    if any(_spelled(name) in _SCHEDULE_TAGS for name in resource.tags):
        return True
    if next(inventory.referring(resource, *_SCHEDULES), None) is not None:
        return True
    policy = inventory.referenced(resource, "resource_policies", _SCHEDULE_POLICY)
    return policy is not None and bool(policy.attributes.known_blocks("instance_schedule_policy"))


def _said_by_tags(tags: Mapping[str, str]) -> Mapping[str, Any]:
    """Return whether tags or labels say that the work can be interrupted."""
    for name, value in tags.items():
        spelled, said = _spelled(name), value.lower()
        if spelled in _SAYS_INTERRUPTIBLE and said in _YES | _NO:
            return {"fault_tolerant": said in _YES}
        if spelled in _SAYS_WORKLOAD and said == "batch":
            return {"fault_tolerant": True}
    return {}


@cache
def _spelled(name: str) -> str:
    return name.lower().replace("_", "-").rpartition("/")[2].rpartition(":")[2]


def _told_utilization(usage: Usage) -> Mapping[str, Any]:
    found = {}
    for key in UTILIZATION_KEYS:
        if not usage.is_told(key.name) or key.name not in usage.keys:
            continue
        share = usage.quantity(key.name).expected
        if share is None or not 0 <= share <= 1:
            raise NotAShareError(key.name, usage.given.get(key.name, share))
        found[key.name] = share
    return found
