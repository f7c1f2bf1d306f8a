"""docs/traits.md: what rules may ask of resources besides their cost, and which types tell it.

What a trait means stands in the contract (``estimate.Traits``), which type tells it where the type is declared.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from tollbar.estimate import Figure, Traits
from tollbar.resources.registry import resource_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.resource import Cloud

_CLOUDS: tuple[Cloud, ...] = ("aws", "azure", "gcp", "kubernetes")
PAGE = Path(__file__).resolve().parents[3] / "docs" / "traits.md"
_INTRODUCTION = """\
# Traits: what rules ask of resources

This page is written by `make reference`, from the contract and the estimators.

Cost alone does not tell whether a database stands by in a second zone or a disk hangs on nothing. Each resource of an
estimate has `traits`, in the same words for every cloud, so that one rule works on all of them:

```rego
package example

twice_in_dev contains resource.address if {
	some resource in input.resources
	resource.environment == "dev"
	resource.traits.redundancy != "zone"
}
```

What is not known is absent, never false or 0: an attribute that only apply tells, an id that comes from a variable. A
comparison with an absent trait is undefined, so that such a rule finds nothing there. A resource that is deleted has
no traits.

## What each means
"""
_FROM_BILLS = """\

## What every type tells

- **The machine.** `vcpus`, `memory_gib`, `gpu`, `gpus` and `previous_generation` are those of the one machine type that
  a bill has hours of, whoever launches it (an Auto Scaling group has its template's), else of the declared one. A group
  of several machine types has none. Of a previous generation is what the vendor calls so: Amazon's list of previous
  generation instances, Microsoft's of previous generation sizes, Google's first generation (N1, f1-micro, g1-small).
- **How it is bought.** `purchase_option` is absent for a mixture and for reservations.
- **Its hours.** `hours_per_month` is what a usage file tells (`monthly_hrs`), else 730. It is absent for a stopped
  machine and where a schedule may stop it: a scheduled action, a shutdown schedule, a tag `Schedule`.
- **Its disks.** `storage_class` is the class that most of its GiB are of, `storage_gib` the GiB of that class as they
  are billed, over all machines of a group. Azure bills a disk as the tier that holds it. Assumed GiB are absent.
- **Whether it may be interrupted.** `fault_tolerant` is what a tag or label says: `fault-tolerant`, `interruptible` or
  `preemptible` (true or false), or `workload: batch`. `-` and `_`, small and capital letters are the same.
- **How busy it is.** `cpu_utilization` and `memory_utilization` are told in a [usage file](usage.md), 0 to 1, for
  everything in the categories compute, container and database:

```yaml
version: 0.1
resource_usage:
  aws_instance.web: {cpu_utilization: 0.07, memory_utilization: 0.3}
```

Of pods they are the share of what is requested that was taken (`monthly_vcpu_hours`, `monthly_memory_gib_hours`, which
OpenCost's export tells).

`attached` is false only where that is sure: nothing of the project attaches it, nothing that could names something
outside of the project, and no module is missing. So is `lifecycle_rules`.

## What types tell besides
"""


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    yield "| trait | values | meaning |"
    yield "| --- | --- | --- |"
    for name, declared in Traits.model_fields.items():
        yield f"| `{name}` | {_values(declared.annotation)} | {declared.description} |"
    yield _FROM_BILLS
    yield "| type | traits |"
    yield "| --- | --- |"
    for cloud in _CLOUDS:
        yield from _rows(cloud)


def _values(annotation: Any) -> str:  # noqa: ANN401 -- a field's annotation
    parts = get_args(annotation) if get_origin(annotation) in {Union, UnionType} else (annotation,)
    known = next(part for part in parts if part is not type(None))
    if get_origin(known) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(known))
    return {bool: "true, false", str: "text", int: "whole number", Figure: "number"}.get(known, "number")


def _rows(cloud: Cloud) -> Iterator[str]:
    """Yield a row for each set of traits that types declare, with these types."""
    by_traits: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, declared in sorted(resource_types(cloud).items()):
        if declared.traits:
            by_traits[tuple(declared.traits)].append(f"`{name}`")
    for traits, names in by_traits.items():
        yield f"| {', '.join(names)} | {', '.join(f'`{trait}`' for trait in traits)} |"
