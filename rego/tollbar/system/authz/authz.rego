# METADATA
# description: |
#   Who may ask an OPA server what. Anybody may ask for a decision and whether the server is healthy; all else, that
#   would show or change policies and data, needs a token. OPA asks for it where its configuration says
#   default_authorization_decision: /tollbar/system/authz/allow, and it was started with --authentication=token
#   --authorization=basic. Until the bundle is there, this is undefined, and OPA refuses everything.
# related_resources:
#   - https://www.openpolicyagent.org/docs/security#authentication-and-authorization
# schemas:
#   - input: {} # no estimate, but a request
package tollbar.system.authz

# METADATA
# description: Whether a request may be served.
# scope: document
default allow := false

allow if {
	input.method == "POST"
	input.path in _decisions
	_harmless_params
}

allow if {
	input.method in {"GET", "HEAD"}
	input.path == ["health"]
}

allow if {
	_token
	not _token.paths
}

# A token with paths may read these and nothing else: Prometheus needs the metrics only.
allow if {
	input.method == "GET"
	input.path in _token.paths
}

# The data hold no token, but its SHA-256: data.tollbar_access.tokens is {SHA-256: {"name": ..., "paths": [...]}}.
_token := data.tollbar_access.tokens[crypto.sha256(input.identity)]

_decisions := {
	["v1", "data", "tollbar", "decision"],
	["v1", "data", "tollbar", "gateway", "decision"],
}

# Others show how a verdict came about (explain), or take time to measure (instrument).
_harmless_params if {
	every param in object.keys(input.params) { param in {"pretty", "provenance", "strict-builtin-errors"} }
}
