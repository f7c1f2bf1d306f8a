# METADATA
# title: Language models are hosted where that costs less
# description: |
#   Machines cost the same however few tokens they serve, an API costs by the token. Finds self-hosted models whose
#   tokens cost less by the API they name (compare_with), and deployments whose calls by API cost more a year than a
#   minimal deployment of one's own does. Machines without compare_with or tokens_per_second cannot be compared.
# custom:
#   code: TB311
#   category: llm
#   default_mode: advisory
#   message: "{problem}."
#   remediation: "{advice}"
#   params: [mode, enforce_from, yearly_api_cost, min_saving]
#   since: 0.2.0
package tollbar.rules.llm.self_hosting

import data.tollbar.lib.figures
import data.tollbar.lib.llm
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per self-hosted model that costs more than its API, and one where all APIs cost much.
# scope: document
findings := result.findings(rego.metadata.chain(), _found)

_found contains [
	resource,
	{"limit": api, "actual": resource.monthly_cost, "saving": saving},
	{
		"{problem}": sprintf("costs %s for tokens that %s sells for %s%s", [
			llm.monthly(resource.monthly_cost),
			rival,
			money.usd(api),
			_break_even(resource.unit_cost),
		]),
		"{advice}": sprintf("Call %s by API, or serve more tokens with fewer or smaller machines.", [rival]),
	},
] if {
	config := params.active.self_hosting
	some resource in resources.by_type.llm_self_hosted
	rival := resource.unit_cost.compared_with
	api := resource.unit_cost.compared_cost * resource.unit_cost.quantity
	saving := resource.monthly_cost - api
	saving >= config.min_saving
}

_found contains [input.deployment, {"limit": limit, "actual": yearly}, {
	"{problem}": concat(" ", [
		sprintf("calls language models for %s a year,", [money.usd(yearly)]),
		sprintf("over the %s from which on hosting one is worth a comparison", [money.usd(limit)]),
	]),
	"{advice}": concat(" ", [
		"Compare it with an open model on your own machines: a workload of kind self_hosted_llm with compare_with",
		"tells its cost per token and its break-even.",
	]),
}] if {
	limit := params.active.self_hosting.yearly_api_cost
	limit != null
	yearly := sum([resource.monthly_cost | some resource in llm.calls]) * 12
	yearly > limit
}

_break_even(unit_cost) := sprintf("; it pays from %s x %s a month on, and %s are served", [
	figures.whole(unit_cost.break_even),
	unit_cost.unit,
	figures.whole(unit_cost.quantity),
]) if {
	unit_cost.break_even
} else := ", and could never serve enough to pay"
