# METADATA
# description: |
#   What a change leaves as it is, and the most that findings about it count for, as the settings have it (unchanged).
package tollbar.lib.unchanged

import data.tollbar.lib.result
import data.tollbar.lib.settings
import data.tollbar.params

# METADATA
# description: Whether there is anything that the change leaves as it is, about which findings may count for less.
# scope: document
default is_known := false

is_known if some _ in _addresses

# METADATA
# description: |
#   The findings, those about what the change leaves as it is no graver than the settings have it, or left out. What
#   all of them are about together, the deployment, is changed by any change.
capped(findings) := _less_grave(findings) | {finding |
	some finding in findings
	not object.get(finding, "resource", "") in _addresses
}

_less_grave(findings) := {_at_most(finding) |
	_most != "off"
	some finding in findings
	finding.resource in _addresses
}

_at_most(finding) := object.union(finding, {
	"severity": _most,
	"msg": concat(" ", [finding.msg, "The change leaves it as it is."]),
}) if {
	result.rank[finding.severity] < result.rank[_most]
} else := finding

# What is enforced is as grave as any: nothing counts for less.
_most := params.severities[settings.valid.unchanged] if settings.valid.unchanged != "enforce"

# Where nothing is compared, nothing stays as it is: the calls of a usage log were all made already.
_addresses contains resource.address if {
	_most
	_ = input.totals.previous
	some resource in input.resources
	resource.action == "no-op"
	_costs_the_same(resource)
}

_costs_the_same(resource) if resource.monthly_cost == resource.previous_monthly_cost

_costs_the_same(resource) if {
	not resource.monthly_cost
	not resource.previous_monthly_cost
}
