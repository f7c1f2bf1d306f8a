"""Which of a plan's unknown values are set: from ``after_unknown``, the configuration and the references.

``after_unknown`` is true of what is set from something only apply tells, and of what the provider
computes because it is not set. The configuration tells them apart, as far as a plan holds it:

- An attribute that is not written is not set: it is absent.
- One whose expression leads to a resource (or data source) that itself has unknown values is UNKNOWN.
- Any other expression may be null, as of a module's variable that nobody sets: UNKNOWN_OR_UNSET. So it is
  where a ``local`` stands between, since plans do not hold these; with what a dynamic block of known
  number makes, whose content plans do not hold either; and in a plan without a configuration.
- Plans leave dynamic blocks out. Where their number is unknown, all the blocks of that name are. Written
  blocks are then UNKNOWN, and so are those of :data:`NEVER_COMPUTED`. Of others nothing tells them from
  blocks that the provider computes (``ebs_block_device``): they are taken as not set.

Checked with plans of Terraform 1.x and the AWS provider 5.100, 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tollbar.resource import UNKNOWN, UNKNOWN_OR_UNSET, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tollbar.inputs.configuration import ResourceConfiguration
    from tollbar.inputs.references import InstanceAddress, ReferenceResolver

_LAUNCHED = frozenset({"credit_specification", "launch_template"})
_TEMPLATE = frozenset({"disk", "network_interface", "network_interface.access_config"})
_CURRENT_MACHINE = frozenset({"os_disk"})
_CURRENT_SCALE_SET = frozenset({"os_disk", "data_disk"})

NEVER_COMPUTED: Mapping[str, frozenset[str]] = {
    "aws_cloudwatch_metric_alarm": frozenset({"metric_query"}),
    "aws_dynamodb_table": frozenset({"global_secondary_index", "replica"}),
    "aws_ecs_cluster_capacity_providers": frozenset({"default_capacity_provider_strategy"}),
    "aws_ecs_service": frozenset({"capacity_provider_strategy", "volume_configuration"}),
    "aws_ecs_task_definition": frozenset({"ephemeral_storage", "runtime_platform"}),
    "aws_efs_file_system": frozenset({"lifecycle_policy"}),
    "aws_eks_cluster": frozenset({"compute_config"}),
    "aws_eks_node_group": frozenset({"launch_template", "scaling_config"}),
    "aws_instance": _LAUNCHED,
    "aws_launch_template": frozenset(
        {"block_device_mappings", "credit_specification", "instance_market_options", "monitoring", "placement"}
    ),
    "aws_rds_cluster": frozenset({"scaling_configuration", "serverlessv2_scaling_configuration"}),
    "aws_route53_record": frozenset(
        {"alias", "geolocation_routing_policy", "geoproximity_routing_policy", "latency_routing_policy"}
    ),
    "aws_route53_resolver_endpoint": frozenset({"ip_address"}),
    "aws_s3_bucket_lifecycle_configuration": frozenset({"rule"}),
    "aws_spot_instance_request": _LAUNCHED,
    "aws_waf_web_acl": frozenset({"rules"}),
    "aws_wafv2_rule_group": frozenset({"rule"}),
    "aws_wafv2_web_acl": frozenset({"rule"}),
    "azurerm_linux_virtual_machine": _CURRENT_MACHINE,
    "azurerm_linux_virtual_machine_scale_set": _CURRENT_SCALE_SET,
    "azurerm_virtual_machine": frozenset({"storage_os_disk"}),
    "azurerm_virtual_machine_scale_set": frozenset({"sku", "storage_profile_data_disk", "storage_profile_os_disk"}),
    "azurerm_windows_virtual_machine": _CURRENT_MACHINE,
    "azurerm_windows_virtual_machine_scale_set": _CURRENT_SCALE_SET,
    "google_compute_autoscaler": frozenset({"autoscaling_policy"}),
    "google_compute_instance": frozenset(
        {"boot_disk", "network_interface", "network_interface.access_config", "scratch_disk"}
    ),
    "google_compute_instance_template": _TEMPLATE,
    "google_compute_region_autoscaler": frozenset({"autoscaling_policy"}),
    "google_compute_region_instance_template": _TEMPLATE,
}
"""Blocks that prices depend on and no provider fills in: unknown though not written, dynamic blocks make them.

AWS: seen in plans of resources without these blocks. Azure and Google: required or optional, and not
computed, in the providers' schemas.
"""

_ABSENT = object()


class UnknownValues:
    """Marks the unknown values of a plan's resources.

    ``uncertain`` holds the addresses of everything that has unknown values.
    """

    def __init__(self, references: ReferenceResolver, uncertain: Iterable[str]) -> None:
        self._references = references
        self._uncertain = frozenset(uncertain)

    def marked(
        self, address: InstanceAddress, type_name: str, values: Mapping[str, Any], unknown: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Return the values with UNKNOWN for what is set, and nothing for what is not."""
        configuration = self._references.configuration(address)
        if configuration is None:
            return {**values, **_marked_everywhere(values, unknown, UNKNOWN_OR_UNSET)}
        references = self._references.references(address)
        unknown_paths = {path for path, found in references.items() if not self._uncertain.isdisjoint(found)}
        block = _Block(configuration, frozenset(unknown_paths), NEVER_COMPUTED.get(type_name, frozenset()))
        return block.marked(values, unknown, "")


class _Block:
    """What a resource's configuration tells of its attributes and nested blocks, by path."""

    def __init__(
        self, configuration: ResourceConfiguration, unknown_paths: frozenset[str], never_computed: frozenset[str]
    ) -> None:
        self._configuration = configuration
        self._unknown_paths = unknown_paths
        self._never_computed = never_computed

    def marked(self, values: Any, unknown: Mapping[str, Any], prefix: str) -> dict[str, Any]:  # noqa: ANN401 -- any JSON
        known = dict(values) if isinstance(values, Mapping) else {}
        for name, part in unknown.items():
            marked = self._marked(known.get(name), part, f"{prefix}{name}") if part else _ABSENT
            if marked is not _ABSENT:
                known[name] = marked
        return known

    def _marked(self, value: Any, unknown: Any, path: str) -> Any:  # noqa: ANN401 -- any JSON
        if unknown is True:
            return self._mark(path)
        if path in self._configuration.blocks:
            if isinstance(unknown, Mapping):
                return self.marked(value, unknown, f"{path}.")
            items = value if isinstance(value, list) else []
            padded = [*items, *[None] * (len(unknown) - len(items))]
            return [
                self.marked(item, part, f"{path}.") if isinstance(part, Mapping) else item
                for item, part in zip(padded, unknown, strict=False)
            ]
        is_set = path in self._unknown_paths
        return _marked_everywhere(value, unknown, UNKNOWN if is_set else UNKNOWN_OR_UNSET)

    def _mark(self, path: str) -> object:
        if path in self._configuration.blocks or path in self._unknown_paths or path in self._never_computed:
            return UNKNOWN
        return UNKNOWN_OR_UNSET if path in self._configuration.arguments else _ABSENT


def holds_true(unknown: Any) -> bool:  # noqa: ANN401 -- any JSON
    """Whether an ``after_unknown`` tells of anything unknown."""
    if isinstance(unknown, Mapping):
        return any(map(holds_true, unknown.values()))
    return any(map(holds_true, unknown)) if isinstance(unknown, list) else unknown is True


def _marked_everywhere(value: Any, unknown: Any, mark: Unknown) -> Any:  # noqa: ANN401 -- any JSON
    """Return a value with the mark wherever ``after_unknown`` is true."""
    if unknown is True:
        return mark
    if isinstance(unknown, dict):
        known = dict(value) if isinstance(value, dict) else {}
        return known | {name: _marked_everywhere(known.get(name), part, mark) for name, part in unknown.items() if part}
    if isinstance(unknown, list):
        items = value if isinstance(value, list) else []
        padded = [*items, *[None] * (len(unknown) - len(items))]
        return [_marked_everywhere(item, part, mark) for item, part in zip(padded, unknown, strict=False)]
    return value
