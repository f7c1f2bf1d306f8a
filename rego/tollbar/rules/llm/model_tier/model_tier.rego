# METADATA
# title: Language models are used by those who may
# description: |
#   Not everybody needs the dearest model. Models stand in tiers: 1 for everybody, 2 for projects that need it (a team
#   lead approves), 3 for research (a director approves). A team may use models up to its own tier, else up to that of
#   the environment. A call that tells its tier must not use a model of a higher one. Finds nothing until teams,
#   environments or other is set, or calls tell their tier.
# custom:
#   code: TB305
#   category: llm
#   default_mode: warn
#   message: "calls {model} of tier {actual}, but {who} tier {limit}."
#   remediation: "Use a model up to tier {limit}, or ask for tier {actual}: model_tier.teams lists who has it."
#   params: [mode, enforce_from, tiers, unlisted, teams, environments, other]
#   since: 0.2.0
package tollbar.rules.llm.model_tier

import data.tollbar.lib.environments
import data.tollbar.lib.llm
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource that calls a model of a tier it may not use, or did not ask for.
# scope: document
findings := result.findings(rego.metadata.chain(), [[resource, {"limit": allowed.tier, "actual": tier}, {
	"{model}": resource.llm.model,
	"{actual}": llm.whole(tier),
	"{who}": allowed.who,
	"{limit}": llm.whole(allowed.tier),
}] |
	config := params.active.model_tier
	some resource in llm.calls
	some allowed in _allowed(config, resource)
	tier := _tier(config, resource.llm.model)
	tier > allowed.tier
])

# OPA remembers the tier of each model. The highest of none is undefined.
_tier(config, model) := tier if {
	tier := max({to_number(name) |
		some name, patterns in config.tiers
		llm.any_model_matches(patterns, model)
	})
} else := tier if {
	tier := config.unlisted
	tier != null
}

_allowed(config, resource) := {allowed |
	some who, tier in {
		_who(config, _team(resource), resource.environment): _limit(config, _team(resource), resource.environment),
		"it asks for": object.get(resource.llm, "tier", null),
	}
	tier != null
	allowed := {"who": who, "tier": tier}
}

_team(resource) := object.get(resource, ["tags", "team"], object.get(input.deployment, "team", ""))

_limit(config, team, _) := config.teams[team]

_limit(config, team, environment) := environments.entry(config.environments, environment, config.other) if {
	not _listed(config, team)
}

_who(config, team, environment) := sprintf("team %s may use", [team]) if {
	_listed(config, team)
} else := sprintf("%s may use", [environment])

_listed(config, team) if _ := config.teams[team]
