# METADATA
# title: Nothing costs more than it is exempt for
# description: |
#   An exemption with a cap (max_monthly_cost) lets through a cost up to it, and no more. What it was approved for has
#   grown where the cap is passed, or its cost is no longer known: then the exemption does not count, and this rule says
#   so beside what is then found. Where another exemption lets the same through, nothing is said.
# custom:
#   code: TB209
#   category: governance
#   default_mode: warn
#   message: "costs {actual} a month, and {id} exempts it from {rules} up to {limit} only."
#   remediation: Bring the cost back under the cap, or have the exemption approved again for what it costs now.
#   params: [mode, enforce_from]
#   since: 0.2.0
package tollbar.rules.governance.exemption_over_cap

import data.tollbar.lib.exemptions
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource, or the deployment, and exemption.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	subject,
	{"limit": exemption.max_monthly_cost, "actual": _actual(subject)},
	{
		"{actual}": _text(_actual(subject)),
		"{limit}": money.usd(exemption.max_monthly_cost),
		"{id}": exemption.id,
		"{rules}": concat(", ", exemption.rules),
	},
) if {
	params.active.exemption_over_cap
	some subject in _subjects
	covering := exemptions.covering(subject)
	some number in covering
	exemption := exemptions.in_force[number]
	not exemptions.within_cap(exemption, subject)
	count(_named(exemption) - _let_through(covering, subject)) > 0
}

# Nothing is looked at where no exemption has a cap.
_subjects := array.concat([input.deployment], resources.present) if {
	some exemption in exemptions.in_force
	exemption.max_monthly_cost
}

_named(exemption) := {rule | some rule in exemption.rules}

_let_through(covering, subject) := {rule |
	some number in covering
	exemption := exemptions.in_force[number]
	exemptions.within_cap(exemption, subject)
	some rule in exemption.rules
}

default _actual(_) := "unknown"

_actual(subject) := exemptions.monthly_cost(subject)

_text("unknown") := "an unknown amount"

_text(amount) := money.usd(amount) if is_number(amount)
