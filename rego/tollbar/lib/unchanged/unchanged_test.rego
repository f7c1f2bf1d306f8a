package tollbar.lib.unchanged_test

import data.tollbar.lib.unchanged
import data.tollbar.testing

_kept := testing.resource({
	"address": "kept",
	"action": "no-op",
	"monthly_cost": 1500,
	"previous_monthly_cost": 1500,
})

_unpriced := object.union(
	object.remove(_kept, ["monthly_cost", "previous_monthly_cost"]),
	{"address": "unpriced"},
)

_dearer := object.union(_kept, {"address": "dearer", "previous_monthly_cost": 1499.99})

_new := object.union(_kept, {"address": "new", "action": "create", "previous_monthly_cost": 0})

_moved := object.union(_kept, {"address": "moved", "action": "update"})

_lost := object.union(object.remove(_kept, ["monthly_cost"]), {"address": "lost"})

_gained := object.union(object.remove(_kept, ["previous_monthly_cost"]), {"address": "gained"})

_resources := [_kept, _unpriced, _dearer, _new, _moved, _lost, _gained]

# An estimate that was compared with the state before.
_compared(resources) := object.union(testing.estimate(resources), {"totals": {"previous": 4500}})

_finding(address, severity) := {"resource": address, "severity": severity, "msg": "costs too much."}

_of(address) := {_finding(address, severity) | some severity in ["error", "approval", "warning", "info"]}

_severities(findings) := sort([[finding.severity, finding.msg] | some finding in findings])

test_only_what_stays_as_it_is_counts_for_less if {
	found := {_finding(resource.address, "error") | some resource in _resources} | {{"severity": "error", "msg": "all."}}
	capped := unchanged.capped(found)
		with input as _compared(_resources)
		with data.tollbar_settings as {"unchanged": "advisory"}
	{finding.resource | some finding in capped; finding.severity == "info"} == {"kept", "unpriced"}
	count(capped) == 8
}

test_the_most_that_it_counts_for[name] if {
	less := "costs too much. The change leaves it as it is."
	as_it_was := "costs too much."
	some name, case in {
		"approve": [["approval", as_it_was], ["approval", less], ["info", as_it_was], ["warning", as_it_was]],
		"warn": [["info", as_it_was], ["warning", as_it_was], ["warning", less]],
		"advisory": [["info", as_it_was], ["info", less]],
		"off": [],
	}
	capped := unchanged.capped(_of("kept"))
		with input as _compared([_kept])
		with data.tollbar_settings as {"unchanged": name}
	_severities(capped) == case
}

test_a_bare_off_is_false_in_yaml if {
	capped := unchanged.capped(_of("kept"))
		with input as _compared([_kept])
		with data.tollbar_settings as {"unchanged": false}
	capped == set()
}

test_nothing_counts_for_less[name] if {
	some name, case in {
		"not set": {"input": _compared([_kept]), "settings": {}},
		"as it is set": {"input": _compared([_kept]), "settings": {"unchanged": "enforce"}},
		"nothing compared": {"input": testing.estimate([_kept]), "settings": {"unchanged": "off"}},
		"all changed": {"input": _compared([_dearer, _new, _moved, _lost, _gained]), "settings": {"unchanged": "off"}},
		"settings that are not valid": {
			"input": _compared([_kept]),
			"settings": {"unchanged": "off", "rules": {"no_such_rule": {}}},
		},
	}
	known := unchanged.is_known with input as case.input with data.tollbar_settings as case.settings
	known == false
}

test_something_may if {
	unchanged.is_known with input as _compared([_kept]) with data.tollbar_settings as {"unchanged": "warn"}
}
