# METADATA
# title: Every deployment has an owner
# description: |
#   Whoever gets the bill must know whom to ask. A deployment in production names its team and its project, by default;
#   other environments, and tags of the deployment, can be required as well. These are the deployment's own, from
#   tollbar.yml: tags of its resources are for required_tags (TB201) to judge. Budgets are counted by the same team and
#   project.
# custom:
#   code: TB203
#   category: governance
#   default_mode: warn
#   message: "lacks what an owner in {environment} is found by: {missing}."
#   remediation: "Write {lines} into tollbar.yml."
#   params: [mode, enforce_from, environments, fields, tags]
#   since: 0.2.0
package tollbar.rules.governance.ownership

import data.tollbar.lib.environments
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding for the whole deployment.
# scope: document
findings contains result.finding(rego.metadata.chain(), input.deployment, {}, {
	"{environment}": input.deployment.environment,
	"{missing}": concat(", ", _missing_fields | {sprintf("the tag %s", [tag]) | some tag in _missing_tags}),
	"{lines}": concat(" and ", {_lines[field] | some field in _missing_fields} | _tag_line),
}) if {
	environments.any_matches(_config.environments, input.deployment.environment)
	count(_missing_fields) + count(_missing_tags) > 0
}

_config := params.active.ownership

_missing_fields contains field if {
	some field in _config.fields
	trim_space(object.get(input.deployment, field, "")) == ""
}

_missing_tags contains tag if {
	some tag in _config.tags
	trim_space(object.get(input.deployment, ["tags", tag], "")) == ""
}

# As one writes it in tollbar.yml.
_lines := {"team": `"team: ..."`, "project_id": `"project: ..."`}

_tag_line contains sprintf(`"tags: {%s}"`, [concat(", ", {sprintf("%s: ...", [tag]) | some tag in _missing_tags})]) if {
	count(_missing_tags) > 0
}
