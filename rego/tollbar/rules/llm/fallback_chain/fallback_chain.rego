# METADATA
# title: Fallback chains are short and do not lead to dearer models
# description: |
#   Each step of a chain is a further call, and an outage is when nobody looks at the bill. Finds chains that are too
#   long, that try a model twice, and fallbacks that cost more than the first model, or of which no price is known. With
#   other_provider, finds chains that stay with one provider, too: they fail when it does.
# custom:
#   code: TB309
#   category: llm
#   default_mode: warn
#   message: "has the fallbacks {chain}: {problems}."
#   remediation: Fall back to one or two cheaper models, each once, then tell the caller.
#   params: [mode, enforce_from, max_fallbacks, dearer, other_provider]
#   since: 0.2.0
package tollbar.rules.llm.fallback_chain

import data.tollbar.lib.llm
import data.tollbar.lib.money
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource, with all that is wrong with its chain.
# scope: document
findings := result.findings(rego.metadata.chain(), [[resource, {"actual": count(chain)}, {
	"{chain}": concat(", ", chain),
	"{problems}": concat("; ", problems),
}] |
	config := params.active.fallback_chain
	some resource in llm.calls
	chain := resource.llm.fallbacks
	count(chain) > 0
	problems := union({
		_too_long(config, chain),
		_twice(resource.llm),
		_dear(config, resource),
		_one_provider(config, resource.llm),
	})
	count(problems) > 0
])

_too_long(config, chain) := {sprintf("%d are more than %d", [count(chain), most]) |
	most := config.max_fallbacks
	most != null
	count(chain) > most
}

_twice(call) := {sprintf("%s is tried twice", [model]) |
	tried := array.concat([call.model], call.fallbacks)
	some model in tried
	count([again | some again in tried; again == model]) > 1
}

_dear(config, resource) := {problem |
	config.dearer != null

	# Without any, the use is not told.
	count(resource.llm.other_models) > 0
	some model in resource.llm.fallbacks
	model != resource.llm.model
	some problem in _dearness(config, resource, model)
}

_dearness(config, resource, model) := {sprintf("%s costs %s instead of %s", [
	model,
	llm.monthly(cost),
	money.usd(resource.monthly_cost),
]) |
	cost > resource.monthly_cost * (1 + (config.dearer / 100))
} if {
	cost := _cost(resource.llm, model)
} else := {sprintf("the price of %s is not known", [model])}

_cost(call, model) := min({other.monthly_cost | some other in call.other_models; other.model == model})

_one_provider(config, call) := {sprintf("all models are of %s", [call.provider]) |
	config.other_provider
	others := [other | some other in call.other_models; other.model in call.fallbacks]
	not _elsewhere(call, others)
}

_elsewhere(call, others) if {
	some other in others
	other.provider != call.provider
}
