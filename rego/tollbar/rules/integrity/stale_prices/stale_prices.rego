# METADATA
# title: Prices are not stale
# description: |
#   List prices change. An estimate says of which day its oldest list price is (meta.prices.as_of) and after how many
#   days prices count as stale (prices.stale_after_days in tollbar.yml). A date that is none counts as stale.
# custom:
#   code: TB004
#   category: integrity
#   default_mode: warn
#   message: "is priced from lists as old as {as_of}, which count as stale after {limit} days."
#   remediation: >-
#     Run tollbar prices refresh, or upgrade Tollbar.
#     If older prices will do, raise prices.stale_after_days.
#   params: [mode, enforce_from]
#   since: 0.2.0
package tollbar.rules.integrity.stale_prices

import data.tollbar.lib.clock
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding for the whole deployment.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	input.deployment,
	{"limit": _limit, "actual": _days_old},
	{"{as_of}": input.meta.prices.as_of, "{limit}": sprintf("%d", [_limit])},
) if {
	params.active.stale_prices
	not _fresh
}

_limit := object.get(input.meta.prices, "stale_after_days", 30)

_fresh if _days_old <= _limit

default _days_old := "unknown"

_days_old := clock.days_since(input.meta.prices.as_of)
