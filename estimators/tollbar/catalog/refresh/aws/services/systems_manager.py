"""AWS Systems Manager: advanced parameters (listed by the hour), their API interactions, advanced nodes."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.service import Query, Rule, Service, by_rules

_RULES = (
    Rule("PS-Advanced-Param-Tier1", "aws/systems_manager/parameter/advanced", "months"),
    Rule("PS-Param-Processed-Tier2", "aws/systems_manager/parameter/api_interactions", "requests"),
    Rule("MI-AdvInstances-Hrs", "aws/systems_manager/managed_node/advanced", "hours"),
)

SERVICE = Service("systems_manager", (Query("AWSSystemsManager"),), by_rules(_RULES))
