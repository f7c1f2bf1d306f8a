# METADATA
# title: No exemption is about to expire
# description: |
#   An exemption that ends denies the next change, whoever makes it. So it is told beforehand, while there is time to
#   bring the cost down or to have the exemption renewed. Only exemptions that cover something of the deployment are
#   told.
# custom:
#   code: TB207
#   category: governance
#   default_mode: advisory
#   message: "expires {when} ({day} is its last day); what it exempts from {rules} will be judged again."
#   remediation: Bring down the cost of what it covers, or have it approved again with a later day.
#   params: [mode, enforce_from, days]
#   since: 0.2.0
package tollbar.rules.governance.exemption_expiring

import data.tollbar.lib.clock
import data.tollbar.lib.exemptions
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per exemption.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	{"name": exemption.id},
	{"limit": limit, "actual": days},
	{
		"{when}": _when(days),
		"{day}": exemption.expires,
		"{rules}": concat(", ", exemption.rules),
	},
) if {
	limit := params.active.exemption_expiring.days
	some exemption in exemptions.in_force
	days := clock.days_until(exemption.expires)
	days <= limit
	exemptions.covers_any(exemption)
}

_when(0) := "today"

_when(1) := "tomorrow"

_when(days) := sprintf("in %d days", [days]) if days > 1
