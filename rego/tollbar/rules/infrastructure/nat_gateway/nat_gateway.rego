# METADATA
# title: NAT gateways are few, and what could go around them does
# description: |
#   A NAT gateway costs by the hour whether it is used or not, and by the GB it processes. Judges how many a deployment
#   has in an environment, since one for each zone is rarely needed outside production, and what a gateway pays for data
#   processed, since traffic to the cloud's own services can go around it. A gateway whose traffic is not known is not
#   judged by it.
# custom:
#   code: TB112
#   category: infrastructure
#   default_mode: warn
#   message: "{problem}."
#   remediation: >-
#     Route the private subnets through one gateway, and traffic to the cloud's own services around it: by gateway
#     endpoints (S3, DynamoDB), service endpoints (Azure) or Private Google Access, which cost nothing.
#   params: [mode, enforce_from, types, limits, other, lines, percent, percent_from]
#   since: 0.2.0
package tollbar.rules.infrastructure.nat_gateway

import data.tollbar.lib.breakdown
import data.tollbar.lib.figures
import data.tollbar.lib.globs
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per environment with too many gateways, and one per gateway that processes too much.
# scope: document
findings := result.findings(rego.metadata.chain(), _found)

_found contains [
	input.deployment,
	{"limit": limit, "actual": count(gateways)},
	{"{problem}": sprintf("has %d NAT gateways in %s, over the limit of %v: %s, for %s a month in all", [
		count(gateways),
		environment,
		limit,
		concat(", ", [gateway.address | some gateway in gateways]),
		money.usd(sum([gateway.monthly_cost | some gateway in gateways])),
	])},
] if {
	some environment in resources.environments
	limit := resources.limit(_config, environment)
	gateways := [gateway | some gateway in _gateways; gateway.environment == environment]
	count(gateways) > limit
}

_found contains [
	gateway,
	{"limit": limit, "actual": processed},
	{"{problem}": sprintf("pays %s of %s a month for data processed (%s%%), over the limit of %s", [
		money.usd(processed),
		money.usd(gateway.monthly_cost),
		figures.tenths((100 * processed) / max({gateway.monthly_cost, 0.01})),
		money.usd(limit),
	])},
] if {
	is_number(_config.percent)
	some gateway in _gateways
	processed := breakdown.cost(gateway, _lines)
	limit := max([_config.percent_from, (gateway.monthly_cost * _config.percent) / 100])
	processed > limit
}

_config := params.active.nat_gateway

_lines := breakdown.names(_config.lines)

_gateways := [resource |
	some type in _types
	some resource in resources.by_type[type]
]

_types contains type if {
	some type in resources.types
	globs.any_matches(_config.types, type)
}
