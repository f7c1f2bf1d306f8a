# METADATA
# description: |
#   What OPA's decision logs must not hold: prompts, account ids, secrets, e-mail addresses. OPA asks for it where its
#   configuration says decision_logs.mask_decision: /tollbar/system/log/mask. The decision itself is not changed.
# related_resources:
#   - https://www.openpolicyagent.org/docs/management-decision-logs#masking-sensitive-data
# schemas:
#   - input: {} # no estimate, but the event that is to be logged
package tollbar.system.log

# METADATA
# description: The input and the result as they may be logged. What cannot be masked is not logged at all.
# scope: document
mask contains {"op": "upsert", "path": sprintf("/%s", [part]), "value": document} if some part, document in _masked

mask contains sprintf("/%s", [part]) if {
	some part in _parts
	not part in object.keys(_masked)
}

# Numbers, true, false and null tell nothing by themselves.
_parts contains part if {
	some part in {"input", "result", "nd_builtin_cache"}
	type_name(input[part]) in {"array", "object", "string"}
}

# The whole document is replaced: a pointer for each field would only be for the fields known today. Looking at
# each distinct text once, and at paths only where there is something to mask, is what makes it fast.
_masked[part] := json.patch(document, array.concat(_texts(document), _fields(document))).it if {
	some part in _parts

	# Within an object because json.remove takes nothing else.
	whole := {"it": input[part]}
	document := json.remove(whole, _telling(whole))
}

# What stands under a key that itself says too much is left out.
_telling(document) := {found |
	telling := {key | some key in _keys(document); _masked_text(key) != key}
	count(telling) > 0
	walk(document, [path, value])
	is_object(value)
	some key in (object.keys(value) & telling)
	found := array.concat(path, [key])
}

_texts(document) := [patch |
	texts := {text | walk(document, [_, text]); is_string(text)}
	masked := {text: replaced | some text in texts; replaced := _masked_text(text); replaced != text}
	count(masked) > 0
	walk(document, [path, value])
	patch := {"op": "replace", "path": path, "value": masked[value]}
]

# Under a key that tells what it is, all but numbers is masked; the innermost first, so that each is still there.
_fields(document) := [{"op": "replace", "path": path, "value": sprintf("[%s]", [kind])} |
	kinds := {key: kind | some key in _keys(document); kind := _kind(key)}
	found := {[0 - count(path), array.concat(path, [key]), kinds[key]] |
		count(kinds) > 0
		walk(document, [path, value])
		is_object(value)
		some key in (object.keys(value) & object.keys(kinds))
		not is_number(value[key])
	}
	some [_, path, kind] in sort(found)
]

_keys(document) := {key | walk(document, [_, value]); is_object(value); some key in object.keys(value)}

_kind(key) := [kind | some [kind, pattern] in _kinds; regex.match(pattern, key)][0]

_kinds := [
	["prompt", `(?i)prompt|^(messages|contents?|completions?|instructions|input_text|output_text)$`],
	["secret", `(?i)passw(or)?d|pwd|passphrase|secret|token|credential|(api|access|private|signing|encryption)[_-]?key`],
	["account", `(?i)^(.*[_-])?(account|subscription|tenant|project)[_-]?(id|number)$`],
]

_masked_text(text) := _masked_by(_patterns, text) if {
	regex.match(_any, text)
} else := text

_masked_by(patterns, text) := masked if {
	without_keys := regex.replace(regex.replace(text, patterns.secret, "[secret]"), patterns.named, "$1[secret]")
	without_secrets := regex.replace(without_keys, patterns.in_url, "$1[secret]@")
	without_ids := regex.replace(regex.replace(without_secrets, patterns.uuid, "[id]"), patterns.project, "$1[project]")
	without_people := regex.replace(regex.replace(without_ids, patterns.email, "[e-mail]"), patterns.home, "$1[user]")

	# Twice, because what stands between two numbers belongs to the first of them.
	once := regex.replace(without_people, patterns.account, "$1[account]$2")
	masked := regex.replace(once, patterns.account, "$1[account]$2")
}

_any := concat("|", [pattern | some pattern in _patterns])

_patterns := {
	# By their issuers' prefixes: AWS, GitHub, GitLab, Slack, OpenAI and others, Google, Hugging Face, JWT, PEM.
	"secret": concat("|", [
		`\b(A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}`,
		`\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{20,}`,
		`\bxox[abeoprs]-[\w-]{10,}`,
		`\b[rsp]k[-_][\w-]{16,}`,
		`\bAIza[\w-]{35}|\bhf_[A-Za-z0-9]{20,}`,
		`\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?`,
		`-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*`,
	]),
	# After its name or a scheme of authorization.
	"named": concat("", [
		`(?i:((?:passw(?:or)?d|pwd|secret|token|api[_-]?key)["']?\s*[:=]\s*["']?|bearer\s+))`,
		`[^\s"'&,;]+`,
	]),
	"in_url": `(://[^\s/:@]*:)[^\s/@]+@`,
	"uuid": `(?i:\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)`,
	"project": `(projects/|gcr\.io/|pkg\.dev/)[a-z][a-z0-9-]{4,28}[a-z0-9]`,
	"email": `[\w.%+-]+@([\w-]+\.)+[A-Za-z]{2,}`,
	"home": `(/home/|/Users/)[^/]+`,
	# Of AWS, as the console writes it too. A project's number of Google Cloud is as long.
	"account": `(^|\D)\d{4}-?\d{4}-?\d{4}(\D|$)`,
}
