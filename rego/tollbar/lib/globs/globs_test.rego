package tollbar.lib.globs_test

import data.tollbar.lib.globs

test_matches[name] if {
	some name, case in {
		"the whole value": {"pattern": "aws_eip", "value": "aws_eip", "matches": true},
		"not a part": {"pattern": "aws", "value": "aws_eip", "matches": false},
		"any text": {"pattern": "aws_*", "value": "aws_eip", "matches": true},
		"across dots": {"pattern": "*.4xlarge", "value": "db.m5.4xlarge", "matches": true},
		"one character": {"pattern": "*.??xlarge", "value": "m5.24xlarge", "matches": true},
		"no fewer": {"pattern": "*.??xlarge", "value": "m5.4xlarge", "matches": false},
	}
	{true | globs.matches(case.pattern, case.value)} == {true | case.matches}
}

test_any_matches if {
	globs.any_matches(["a*", "b*"], "bc")
	not globs.any_matches(["a*", "b*"], "cb")
	not globs.any_matches([], "a")
}

test_escaped[name] if {
	some name, case in {
		"brackets": {"pattern": "web[*]", "value": "web[0]", "matches": true},
		"brackets and quotes": {"pattern": `web["?"]`, "value": `web["a"]`, "matches": true},
		"brackets are no list of characters": {"pattern": "web[abc]", "value": "weba", "matches": false},
		"braces are no list of words": {"pattern": "{a,b}", "value": "a", "matches": false},
		"a backslash escapes nothing": {"pattern": `a\*`, "value": `a\b`, "matches": true},
	}
	{true | globs.matches(globs.escaped(case.pattern), case.value)} == {true | case.matches}
}
