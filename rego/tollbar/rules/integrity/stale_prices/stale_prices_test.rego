package tollbar.rules.integrity.stale_prices_test

import data.tollbar.rules.integrity.stale_prices as rule
import data.tollbar.testing

_priced(prices) := testing.estimate_with([testing.resource({"monthly_cost": 1})], {"meta": {"prices": prices}})

test_finding if {
	found := rule.findings with input as _priced({"snapshot": "2026-10-01", "as_of": "2026-10-01", "stale_after_days": 30})
	found == {{
		"code": "TB004",
		"rule": "stale_prices",
		"title": "Prices are not stale",
		"severity": "warning",
		"msg": "[TB004] payments is priced from lists as old as 2026-10-01, which count as stale after 30 days.",
		"limit": 30,
		"actual": 51,
		"remediation": concat(" ", [
			"Run tollbar prices refresh, or upgrade Tollbar.",
			"If older prices will do, raise prices.stale_after_days.",
		]),
		"docs": "docs/rules/TB004.md",
	}}
}

test_age[name] if {
	some name, case in {
		"a day under the limit": {"prices": {"as_of": "2026-10-23", "stale_after_days": 30}, "ages": set()},
		"at the limit": {"prices": {"as_of": "2026-10-22", "stale_after_days": 30}, "ages": set()},
		"a day over the limit": {"prices": {"as_of": "2026-10-21", "stale_after_days": 30}, "ages": {31}},
		"over the usual limit": {"prices": {"as_of": "2026-10-21"}, "ages": {31}},
		"under a limit of one's own": {"prices": {"as_of": "2026-01-01", "stale_after_days": 400}, "ages": set()},
		"from tomorrow": {"prices": {"as_of": "2026-11-22", "stale_after_days": 30}, "ages": set()},
		"no date": {"prices": {"as_of": "2026-13-45", "stale_after_days": 30}, "ages": {"unknown"}},
	}
	found := rule.findings with input as _priced(case.prices)
	{finding.actual | some finding in found} == case.ages
}

test_modes[name] if {
	some name, case in testing.modes
	found := rule.findings with input as _priced({"as_of": "2026-01-01"})
		with data.tollbar_settings as testing.settings("stale_prices", case.params)
	testing.severities(found) == case.severities
}
