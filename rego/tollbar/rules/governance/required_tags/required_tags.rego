# METADATA
# title: Resources carry the required tags
# description: |
#   Cost can only be charged to somebody if the bill says whose it is, and a bill is split by tags. Names count exactly
#   as they are written; a tag with an empty value counts as missing. Tags that a provider sets by default
#   (default_tags) are the resource's too. Resources that cost nothing and types that cannot carry tags are left out.
#   Which values a tag may have is for tag_values (TB202) to judge.
# custom:
#   code: TB201
#   category: governance
#   default_mode: warn
#   message: "lacks required tags: {missing}."
#   remediation: "Add {line}."
#   params: [mode, enforce_from, tags, include_free, untaggable_types]
#   since: 0.1.0
package tollbar.rules.governance.required_tags

import data.tollbar.lib.globs
import data.tollbar.lib.inventory
import data.tollbar.lib.resources
import data.tollbar.lib.result
import data.tollbar.params

# METADATA
# description: One finding per resource, with all tags it lacks and the line to add.
# scope: document
findings := result.findings(rego.metadata.chain(), [[resource, {}, {
	"{missing}": concat(", ", missing),
	"{line}": _line(_language(resource.cloud), missing),
}] |
	input.meta.source.kind != "code" # calls in source code have no tags

	# In variables, since looking up a rule takes as long as all else that is asked of a resource.
	[lacking, untaggable] := [_lacking, _untaggable]
	lacking != {}

	# Free ones count only if they are included.
	free := {false, params.active.required_tags.include_free}
	some resource in resources.present
	missing := lacking[object.get(resource, "tags", {})]
	not resource.type in untaggable
	not _only_counted(resource)
	object.get(resource, "free", false) in free
])

# What the sets of tags lack that lack any. They are few where resources are many: each is looked through once.
_lacking := {tags: missing |
	params.active.required_tags
	some tags in array.concat(inventory.parts.tags, [{}])
	missing := {tag | some tag in params.active.required_tags.tags; trim_space(object.get(tags, tag, "")) == ""}
	missing != set()
}

# Types are few where resources are many: each is matched once.
_untaggable contains type if {
	some type in resources.types
	globs.any_matches(params.active.required_tags.untaggable_types, type)
}

# Infracost counts what it does not support and does not tell its tags.
_only_counted(resource) if {
	input.meta.source.kind == "infracost"
	some line in resource.unpriced
	line.reason == "unsupported_type"
}

_language(cloud) := "cloudformation" if input.meta.source.kind == "cloudformation"

else := cloud

# As one writes it there: Terraform, a CloudFormation template, or the metadata of a Kubernetes manifest.
_line("cloudformation", missing) := sprintf("Tags: [%s]", [_written(`{Key: %s, Value: "..."}`, missing)])

_line("kubernetes", missing) := sprintf("labels: {%s}", [_written(`%s: "..."`, missing)])

_line("gcp", missing) := sprintf("labels = { %s }", [_written(`%s = "..."`, missing)])

_line(cloud, missing) := sprintf("tags = { %s }", [_written(`%s = "..."`, missing)]) if {
	not cloud in {"cloudformation", "gcp", "kubernetes"}
}

_written(form, missing) := concat(", ", [sprintf(form, [tag]) | some tag in missing])
