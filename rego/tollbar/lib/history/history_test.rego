package tollbar.lib.history_test

import data.tollbar.lib.history
import data.tollbar.testing

_past(given) := object.union(
	{
		"time": "2026-11-20T10:00:00Z",
		"name": "payments",
		"environment": "dev",
		"project_id": "shop",
		"team": "checkout",
		"monthly_cost": 100,
		"outcome": "allow",
	},
	given,
)

_after(deployments) := testing.estimate_with([], {
	"deployment": {"project_id": "shop", "team": "checkout", "pull_request": "7"},
	"history": {"deployments": deployments},
})

_shop := {"field": "project_id", "name": "shop"}

test_before if {
	found := history.before(_shop) with input as _after([_past({}), _past({"time": "2026-11-21T10:00:00Z"})])
	found == [_past({"days": 1}), _past({"time": "2026-11-21T10:00:00Z", "days": 0})]
}

test_which_count[name] if {
	some name, case in {
		"passed": {"past": {}, "count": 1},
		"warned": {"past": {"outcome": "warn"}, "count": 1},
		"waiting for an approval": {"past": {"outcome": "needs_approval"}, "count": 1},
		"denied": {"past": {"outcome": "deny"}, "count": 0},
		"denied, and approved later": {
			"past": {"outcome": "deny", "approved_at": "2026-11-20T12:00:00Z"},
			"count": 1,
		},
		"another project's": {"past": {"project_id": "search"}, "count": 0},
		"no project's": {"past": {"project_id": null}, "count": 0},
		"later than this one": {"past": {"time": "2026-11-21T10:00:01Z"}, "count": 0},
		"an earlier check of this change": {"past": {"pull_request": "7"}, "count": 0},
		"another change": {"past": {"pull_request": "8"}, "count": 1},
		"the same change for another environment": {
			"past": {"pull_request": "7", "environment": "prod"},
			"count": 1,
		},
	}
	found := history.before(_shop) with input as _after([_past(case.past)])
	count(found) == case.count
}

test_without_pull_requests if {
	found := history.before(_shop) with input as json.remove(_after([_past({})]), ["/deployment/pull_request"])
	count(found) == 1
}

test_without_a_history if {
	found := history.before(_shop) with input as testing.estimate([])
	found == []
}

test_owner[name] if {
	some name, case in {
		"its team": {
			"by": "team",
			"deployment": {"team": "checkout"},
			"owner": {{"field": "team", "name": "checkout", "text": "team checkout"}},
		},
		"no team": {"by": "team", "deployment": {}, "owner": set()},
		"its project": {
			"by": "project",
			"deployment": {"project_id": "shop"},
			"owner": {{"field": "project_id", "name": "shop", "text": "project shop"}},
		},
		"no project": {
			"by": "project",
			"deployment": {},
			"owner": {{"field": "name", "name": "payments", "text": "payments"}},
		},
	}
	deployment := case.deployment
	found := {owner | owner := history.owner(case.by)} with input as testing.estimate_with([], {"deployment": deployment})
	found == case.owner
}

test_grew_most if {
	deployments := [
		_past({"delta": 10, "pull_request": "https://example.com/pull/3"}),
		_past({"delta": 30}),
		_past({"delta": 5}),
	]
	history.grew_most(deployments, 20) == concat(", ", [
		"payments of 2026-11-20 ($30.00)",
		"this change ($20.00)",
		"https://example.com/pull/3 ($10.00)",
	])
}

test_identity if {
	history.identity(_past({})) == ["shop", "payments", "dev"]
	history.identity({"name": "payments", "environment": "dev"}) == ["", "payments", "dev"]
}
