# METADATA
# title: Prices are not stale
# description: |
#   Vendors change their list prices, and an estimate with those of last year says little about the next bill. An
#   estimate tells the day of the oldest list price in it (meta.prices.as_of) and after how many days prices count as
#   stale (meta.prices.stale_after_days, from prices.stale_after_days in tollbar.yml; 30 if not set). A day that cannot
#   be read counts as stale. Your own prices from a price book do not count.
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
