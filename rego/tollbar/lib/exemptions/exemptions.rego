# METADATA
# description: What takes a finding out of the verdict. It stays visible.
package tollbar.lib.exemptions

# METADATA
# description: How a resource or deployment is exempt by one of its tags, if it is.
by_tag(tags, tag) := {"by": "tag", "tag": tag} if {
	value := lower(trim_space(tags[tag]))
	not value in {"", "false"}
}
