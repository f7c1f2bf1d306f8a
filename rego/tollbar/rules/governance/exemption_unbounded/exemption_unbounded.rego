# METADATA
# title: Every exemption is bounded
# description: |
#   An exemption without an end is a rule switched off that nobody remembers. Each must say who approved it and when it
#   ends; which fields it must tell is a parameter. One of the whole deployment, or of every address (*), must have a
#   cap as well: else it lets through any amount. Two exemptions with one id cannot be told apart in reports.
#   Those that have expired are for exemption_expired (TB206) to tell.
# custom:
#   code: TB208
#   category: governance
#   default_mode: warn
#   message: "{problems}."
#   remediation: >-
#     Give it what is missing - approver: NAME, expires: DATE, max_monthly_cost: USD - or a narrower address.
#     What an exemption must tell is set in exemption_unbounded.
#   params: [mode, enforce_from, require, cap, max_days]
#   since: 0.2.0
package tollbar.rules.governance.exemption_unbounded

import data.tollbar.lib.clock
import data.tollbar.lib.exemptions
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per exemption, with all that is wrong with it.
# scope: document
findings contains result.finding(
	rego.metadata.chain(),
	{"name": exemption.id},
	{},
	{"{problems}": concat("; ", problems)},
) if {
	params.active.exemption_unbounded
	some exemption in exemptions.given
	not exemptions.expired(exemption)
	problems := ((_missing(exemption) | _uncapped(exemption)) | _too_long(exemption)) | _twice(exemption)
	count(problems) > 0
}

_config := params.active.exemption_unbounded

_missing(exemption) := {sprintf("has no %s", [field]) |
	some field in _config.require
	not field in object.keys(exemption)
}

_uncapped(exemption) := {sprintf("covers %s at any cost: it has no max_monthly_cost", [what]) |
	_config.cap == "wide"
	not "max_monthly_cost" in object.keys(exemption)
	what := _wide(exemption)
}

_wide(exemption) := "the whole deployment" if not exemption.address

_wide(exemption) := "every resource" if regex.match(`^[*?.]+$`, exemption.address)

_too_long(exemption) := {sprintf("ends in %d days, and %d is the limit", [days, limit]) |
	limit := _config.max_days
	is_number(limit)
	days := clock.days_until(exemption.expires)
	days > limit
}

_twice(exemption) := {"shares its id with another exemption" |
	count([other.id | some other in exemptions.given; other.id == exemption.id]) > 1
}
