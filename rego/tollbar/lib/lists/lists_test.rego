package tollbar.lib.lists_test

import data.tollbar.lib.lists

test_refusal[name] if {
	some name, case in {
		"no lists": {"denied": {}, "allowed": {}, "refusal": set()},
		"denied": {
			"denied": {"dev": ["x1", "m*", "*5"]},
			"allowed": {},
			"refusal": {{"list": "denied", "text": "denied in dev (*5, m*)"}},
		},
		"denied elsewhere": {"denied": {"prod": ["m*"]}, "allowed": {}, "refusal": set()},
		"denied where nothing else is said": {
			"denied": {"prod": ["x1"], "other": ["m5"]},
			"allowed": {},
			"refusal": {{"list": "denied", "text": "denied in dev (m5)"}},
		},
		"allowed": {"denied": {"dev": ["x1"]}, "allowed": {"dev": ["m*"]}, "refusal": set()},
		"not allowed": {
			"denied": {"dev": ["x1"]},
			"allowed": {"dev": ["t3", "c5"]},
			"refusal": {{"list": "allowed", "text": "not among those allowed in dev (t3, c5)"}},
		},
		"nothing allowed": {
			"denied": {},
			"allowed": {"dev": []},
			"refusal": {{"list": "allowed", "text": "not among those allowed in dev (none is)"}},
		},
		"anything allowed": {"denied": {}, "allowed": {"dev": null, "other": ["t3"]}, "refusal": set()},
		"both": {
			"denied": {"dev": ["m5"]},
			"allowed": {"dev": ["m*"]},
			"refusal": {{"list": "denied", "text": "denied in dev (m5)"}},
		},
	}
	found := {refusal | refusal := lists.refusal({"denied": case.denied, "allowed": case.allowed}, "dev", "m5")}
	found == case.refusal
}
