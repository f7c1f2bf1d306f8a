# METADATA
# title: Models are trained as often as drift asks for
# description: |
#   Drift is the accuracy that a model loses a month without training. Divided by the trainings a month it tells what
#   is lost between two of them. Where that is less than min_loss, the model is trained more often than it pays; where
#   it is more than max_loss, or the model loses that in a month and is never trained, too seldom. Both limits pass.
#   Models that do not tell their drift are left out.
# custom:
#   code: TB508
#   category: efficiency
#   default_mode: advisory
#   message: "{problem}."
#   remediation: "{advice}"
#   params: [mode, enforce_from, min_loss, max_loss]
#   since: 0.2.0
package tollbar.rules.efficiency.retraining

import data.tollbar.lib.money
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per model that is trained too often or too seldom.
# scope: document
findings := result.findings(rego.metadata.chain(), _found)

_found contains [
	resource,
	object.union(
		{"limit": config.min_loss, "actual": loss},
		{"saving": saving | saving := _saving(config, resource)},
	),
	{
		"{problem}": sprintf("%s, less than %s", [_between(resource.ml, loss), _points(config.min_loss)]),
		"{advice}": sprintf("Train it about %v times a month%s.", [
			_rounded(_enough(config, resource.ml)),
			_saving_words(config, resource),
		]),
	},
] if {
	config := params.active.retraining
	some resource in resources.with_field("ml")
	resource.ml.runs_per_month > 0
	loss := _loss(resource.ml)
	_exact(loss) < _exact(config.min_loss)
}

_found contains [resource, {"limit": config.max_loss, "actual": loss}, {
	"{problem}": _seldom(resource.ml, loss, config.max_loss),
	"{advice}": sprintf("Train it %v times a month at least.", [ceil((resource.ml.drift / config.max_loss) * 10) / 10]),
}] if {
	config := params.active.retraining
	some resource in resources.with_field("ml")
	loss := _loss(resource.ml)
	_exact(loss) > _exact(config.max_loss)
}

# What is lost between two trainings; in a month where there are none.
_loss(ml) := ml.drift if {
	ml.runs_per_month == 0
} else := ml.drift / ml.runs_per_month

_enough(config, ml) := ml.drift / config.min_loss

# As often as is enough costs as much less. Undefined where the cost is not known.
_saving(config, resource) := resource.monthly_cost * (1 - share) if {
	share := _enough(config, resource.ml) / resource.ml.runs_per_month
}

_saving_words(config, resource) := sprintf(", which saves %s", [money.usd(_saving(config, resource))]) if {
	_saving(config, resource)
} else := ""

_seldom(ml, loss, limit) := sprintf("%s, more than %s", [_between(ml, loss), _points(limit)]) if {
	ml.runs_per_month > 0
} else := sprintf("is never trained and loses %s points of accuracy a month, more than %s", [
	_points(loss),
	_points(limit),
])

_between(ml, loss) := sprintf("is trained %v times a month and loses %s points between two trainings", [
	ml.runs_per_month,
	_points(loss),
])

_points(share) := sprintf("%v", [round(share * 10000) / 100])

_rounded(number) := round(number * 10) / 10

# Quotients of decimal fractions are a little off in binary.
_exact(number) := round(number * 1000000000)
