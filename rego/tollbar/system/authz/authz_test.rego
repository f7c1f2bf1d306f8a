package tollbar.system.authz_test

import data.tollbar.system.authz

_request(method, path) := {"method": method, "path": path, "params": {}, "headers": {}}

_decision := ["v1", "data", "tollbar", "decision"]

# SHA-256 of "s3cret"
_tokens := {"1ec1c26b50d5d3c58d9583181af8076655fe00756bf7285940ba3670f99fcba0": {"name": "operations"}}

_metrics_tokens[digest] := object.union(token, {"paths": [["metrics"]]}) if some digest, token in _tokens

test_without_a_token[name] if {
	some name, case in {
		"a decision": {"request": _request("POST", _decision), "allow": true},
		"a gateway's decision": {
			"request": _request("POST", ["v1", "data", "tollbar", "gateway", "decision"]),
			"allow": true,
		},
		"its provenance": {
			"request": object.union(_request("POST", _decision), {"params": {"provenance": ["true"], "pretty": [""]}}),
			"allow": true,
		},
		"how it came about": {
			"request": object.union(_request("POST", _decision), {"params": {"explain": ["full"]}}),
			"allow": false,
		},
		"one harmless, one not": {
			"request": object.union(_request("POST", _decision), {"params": {"pretty": [""], "metrics": [""]}}),
			"allow": false,
		},
		"a decision by GET": {"request": _request("GET", _decision), "allow": false},
		"health": {"request": _request("GET", ["health"]), "allow": true},
		"health by HEAD": {"request": _request("HEAD", ["health"]), "allow": true},
		"health by POST": {"request": _request("POST", ["health"]), "allow": false},
		"more than the decision": {"request": _request("POST", ["v1", "data", "tollbar"]), "allow": false},
		"a trailing slash": {"request": _request("POST", array.concat(_decision, [""])), "allow": false},
		"policies": {"request": _request("GET", ["v1", "policies"]), "allow": false},
		"no path": {"request": _request("GET", []), "allow": false},
	}
	allow := authz.allow with input as case.request with data.tollbar_access.tokens as _tokens
	allow == case.allow
}

test_with_a_token[identity] if {
	some identity, allowed in {"s3cret": true, "wr0ng": false, "": false}
	request := object.union(_request("PUT", ["v1", "policies", "x"]), {"identity": identity})
	allow := authz.allow with input as request with data.tollbar_access.tokens as _tokens
	allow == allowed
}

test_with_a_token_for_some_paths[name] if {
	some name, case in {
		"such a path": {"request": _request("GET", ["metrics"]), "allow": true},
		"another": {"request": _request("GET", ["v1", "data"]), "allow": false},
		"a change of it": {"request": _request("PUT", ["metrics"]), "allow": false},
		"a decision, which anybody may ask for": {"request": _request("POST", _decision), "allow": true},
	}
	request := object.union(case.request, {"identity": "s3cret"})
	allow := authz.allow with input as request with data.tollbar_access.tokens as _metrics_tokens
	allow == case.allow
}

test_without_tokens_nobody_has_one if {
	not authz.allow with input as object.union(_request("GET", ["v1", "data"]), {"identity": "s3cret"})
}
