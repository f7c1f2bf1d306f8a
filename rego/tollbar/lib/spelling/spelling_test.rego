package tollbar.lib.spelling_test

import data.tollbar.lib.spelling

_known := {"limits", "other", "mode", "enforce_from", "exempt_tag", "environment_limit", "deployment_limit"}

test_nearest[name] if {
	some name, nearest in {
		"limit": "limits",
		"limts": "limits",
		"Limits": "limits",
		"mod": "mode",
		"moed": "mode",
		"enforceFrom": "enforce_from",
		"enforce-form": "enforce_from",
		"exemption_tag": "exempt_tag",
		"enviroment_limit": "environment_limit",
		"deploy_limit": "deployment_limit",
	}
	spelling.nearest(name, _known) == nearest
}

test_nothing_near[name] if {
	some name in {"xyz", "", "severity"}
	not spelling.nearest(name, _known)
}

test_hint[name] if {
	some name, case in {
		"limts": {"known": _known, "hint": " (did you mean limits?)"},
		"xyz": {"known": {"b", "a"}, "hint": " (known: a, b)"},
		"none known": {"known": set(), "hint": " (there are none)"},
		"as many as are told": {
			"known": {sprintf("name%d", [index]) | some index in numbers.range(1, 20)},
			"hint": sprintf(" (known: name1, %s, name2, name20, %s)", [
				concat(", ", [sprintf("name%d", [index]) | some index in numbers.range(10, 19)]),
				concat(", ", [sprintf("name%d", [index]) | some index in numbers.range(3, 9)]),
			]),
		},
		"???": {"known": {sprintf("name%d", [index]) | some index in numbers.range(1, 21)}, "hint": ""},
	}
	spelling.hint(name, case.known) == case.hint
}

test_similarity[name] if {
	some name, case in {
		"the same": {"first": "mode", "second": "mode", "score": 1},
		"but for case and separators": {"first": "Enforce-From", "second": "enforce_from", "score": 1},
		"nothing in common": {"first": "abc", "second": "xyz", "score": 0},
		"half": {"first": "ab", "second": "abcd", "score": 0.5},
	}
	spelling.similarity(case.first, case.second) == case.score
}
