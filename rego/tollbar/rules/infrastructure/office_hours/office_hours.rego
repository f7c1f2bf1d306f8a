# METADATA
# title: Machines that nobody uses at night are stopped at night
# description: |
#   A month has 730 hours, of which twelve on each weekday are about 260. Finds machines in such environments that run
#   for more hours than the limit, and tells what stopping them outside office hours would save of what is paid by the
#   hour: disks and addresses go on costing. Where a schedule stops them, tell the hours that they run (monthly_hrs in
#   the usage file). A machine whose hours are not known is not judged.
# custom:
#   code: TB121
#   category: infrastructure
#   default_mode: advisory
#   message: runs {actual} hours a month in {environment}; in office hours ({office}) it would cost {saving} less.
#   remediation: Stop it at night and on weekends by a schedule, or scale it to nothing.
#   params: [mode, enforce_from, environments, limit, office_hours, from, types]
#   since: 0.2.0
package tollbar.rules.infrastructure.office_hours

import data.tollbar.lib.environments
import data.tollbar.lib.figures
import data.tollbar.lib.globs
import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per machine that office hours would make enough cheaper.
# scope: document
findings := result.findings(rego.metadata.chain(), [[
	resource,
	{"limit": limit, "actual": hours, "saving": saving},
	{
		"{actual}": figures.whole(hours),
		"{environment}": resource.environment,
		"{office}": office,
		"{saving}": money.usd(saving),
	},
] |
	[environments_, config] := [_environments, _config]
	limit := config.limit
	office := figures.whole(config.office_hours)
	some type in _machines
	some resource in resources.by_type[type]
	resource.environment in environments_
	hours := resource.traits.hours_per_month
	hours > limit

	# Hours, vCPU-hours and GiB-hours. No function: OPA would remember each of its calls.
	by_the_hour := sum([line.monthly_cost | some line in resource.breakdown; endswith(line.unit, "hours")])
	saving := (by_the_hour * (hours - config.office_hours)) / hours
	saving > config.from
])

_config := params.active.office_hours

_environments := environments.matching(_config.environments)

_machines contains type if {
	some type in resources.types
	globs.any_matches(_config.types, type)
}
