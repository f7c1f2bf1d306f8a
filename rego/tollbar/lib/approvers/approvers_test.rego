package tollbar.lib.approvers_test

import data.tollbar.lib.approvers

_approvers := [
	{"up_to": 50000, "role": "director"},
	{"up_to": 5000, "role": "team-lead"},
	{"up_to": 5000, "role": "architect"},
]

test_roles[name] if {
	some name, case in {
		"the lowest sufficient limit": {"cost": 100, "approvers": _approvers, "roles": ["architect", "team-lead"]},
		"at a limit": {"cost": 5000, "approvers": _approvers, "roles": ["architect", "team-lead"]},
		"a cent over it": {"cost": 5000.01, "approvers": _approvers, "roles": ["director"]},
		"over all limits": {"cost": 50000.01, "approvers": _approvers, "roles": []},
		"over all limits but one without": {
			"cost": 50000.01,
			"approvers": array.concat(_approvers, [{"role": "board"}]),
			"roles": ["board"],
		},
		"none set": {"cost": 100, "approvers": [], "roles": []},
	}
	roles := approvers.roles(case.cost) with data.tollbar_settings as {"approvers": case.approvers}
	roles == case.roles
}

test_nobody[name] if {
	some name, case in {
		"at the highest limit": {"cost": 50000, "approvers": _approvers, "reasons": set()},
		"a cent over it": {
			"cost": 50000.01,
			"approvers": _approvers,
			"reasons": {"Nobody may approve $50,000.01 a month: the highest limit of an approver is $50,000.00."},
		},
		"no approvers set": {"cost": 50000.01, "approvers": [], "reasons": set()},
	}
	reasons := {reason | reason := approvers.nobody(case.cost)} with data.tollbar_settings as {"approvers": case.approvers}
	reasons == case.reasons
}
