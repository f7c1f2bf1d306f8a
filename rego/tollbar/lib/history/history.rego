# METADATA
# description: |
#   The changes before this one, as the ledger or a history file tells of them. What was denied and not approved later
#   did not happen; what waits for an approval counts, because nobody tells here that it was refused.
package tollbar.lib.history

import data.tollbar.lib.clock
import data.tollbar.lib.resources

# METADATA
# description: |
#   Whose changes count together, as a rule's parameter names it (by: team, project). A deployment without a project is
#   known by its name. Undefined where the deployment has no team.
# scope: document
owner("team") := {"field": "team", "name": name, "text": sprintf("team %s", [name])} if name := input.deployment.team

owner("project") := _project

_project := {"field": "project_id", "name": name, "text": sprintf("project %s", [name])} if {
	name := input.deployment.project_id
} else := {"field": "name", "name": input.deployment.name, "text": input.deployment.name}

# METADATA
# description: |
#   The deployments of an owner that went ahead before this one, each with how many days ago (days), in the order given.
#   Earlier checks of this change, known by its pull request, are none of them.
before(somebody) := [past | some past in _before; past[somebody.field] == somebody.name]

# Of all owners, once: to read a time takes longer than to compare a name.
_before := [object.union(past, {"days": days}) |
	some past in input.history.deployments
	_went_ahead(past)
	not _this_change(past)
	days := clock.days_before(past.time)
	days >= 0
]

# METADATA
# description: |
#   Those of some deployments by which something grew most, as text: by their pull request, else by name and day. This
#   change, which is one of them, with what it adds.
grew_most(deployments, this) := resources.largest(before_it | {[this, "this change"]}) if {
	before_it := {[past.delta, _label(past)] | some past in deployments}
}

_label(past) := past.pull_request

_label(past) := sprintf("%s of %s", [past.name, substring(past.time, 0, 10)]) if not past.pull_request

_went_ahead(past) if not past.outcome == "deny"

_went_ahead(past) if past.approved_at

_this_change(past) if {
	_identity(past) == _identity(input.deployment)
	past.pull_request == input.deployment.pull_request
}

# METADATA
# description: What tells one deployment from others of its team or project.
identity(deployment) := _identity(deployment)

_identity(deployment) := [object.get(deployment, "project_id", ""), deployment.name, deployment.environment]
