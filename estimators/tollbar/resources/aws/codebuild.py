"""CodeBuild: minutes of builds. Source: AWS CodeBuild pricing page.

The 100 free minutes a month belong to the account as a whole and are not taken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.component import Component
from tollbar.price import PriceKey
from tollbar.resources.registry import ResourceType, as_far_as_known
from tollbar.usage import UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.component import Unpriced
    from tollbar.resource import Inventory, Resource
    from tollbar.usage import Usage

_MACHINES = {
    "LINUX_CONTAINER": ("Linux", "linux", "general1"),
    "LINUX_EC2": ("Linux", "linux", "general1"),
    "LINUX_GPU_CONTAINER": ("Linux GPU", "gpu", "gpu1"),
    "ARM_CONTAINER": ("Arm", "arm", "arm1"),
    "ARM_EC2": ("Arm", "arm", "arm1"),
    "LINUX_LAMBDA_CONTAINER": ("Linux Lambda", "linux_lambda", "lambda"),
    "ARM_LAMBDA_CONTAINER": ("Arm Lambda", "arm_lambda", "lambda"),
    "WINDOWS_CONTAINER": ("Windows", "windows", "general1"),
    "WINDOWS_EC2": ("Windows", "windows", "general1"),
    "WINDOWS_SERVER_2019_CONTAINER": ("Windows", "windows", "general1"),
    "WINDOWS_SERVER_2022_CONTAINER": ("Windows", "windows", "general1"),
}
"""What each type of environment runs on: its name, its path, and the family of its sizes."""


def project(resource: Resource, usage: Usage, _inventory: Inventory) -> Iterator[Component | Unpriced]:
    """Yield the minutes of the builds by the machine they run on."""
    yield from as_far_as_known(lambda: _minutes(resource, usage), "environment")


def _minutes(resource: Resource, usage: Usage) -> Iterator[Component]:
    environment = resource.attributes.block("environment")
    kind = environment.text("type", "") or ""
    name, system, family = _MACHINES.get(kind, (kind, kind.lower(), "general1"))
    size = (environment.text("compute_type", "") or "").rpartition("_")[2].lower()
    key = PriceKey(f"aws/codebuild/{system}/{family}.{size}", resource.region)
    yield Component(f"{name} ({family}.{size})", usage.quantity("monthly_build_mins"), "build-minutes", key)


TYPES = (
    ResourceType(
        "aws_codebuild_project",
        "other",
        project,
        (UsageKey("monthly_build_mins", "minutes of builds a month", (100, 1000, 10_000)),),
    ),
)
