package tollbar.system.log_test

import data.tollbar.system.log

_upsert(masked) := {{"op": "upsert", "path": "/input", "value": masked}}

test_texts[text] if {
	some text, masked in {
		"nothing to hide": "nothing to hide",
		"arn:aws:iam::123456789012:role/deploy": "arn:aws:iam::[account]:role/deploy",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/app": "[account].dkr.ecr.us-east-1.amazonaws.com/app",
		"acct_123456789012_prod": "acct_[account]_prod",
		"1234-5678-9012": "[account]",
		"123456789012,210987654321": "[account],[account]",
		"12345678901": "12345678901",
		"1234567890123": "1234567890123",
		"/subscriptions/3F2504E0-4F89-11D3-9A0C-0305E82C3301/vm": "/subscriptions/[id]/vm",
		"projects/acme-prod-4711/zones/a": "projects/[project]/zones/a",
		"gcr.io/acme-prod/app": "gcr.io/[project]/app",
		"europe-docker.pkg.dev/acme-prod/app": "europe-docker.pkg.dev/[project]/app",
		"deploy@acme-prod.iam.gserviceaccount.com": "[e-mail]",
		"ask Bob <bob.o-neil+x@mail.example.co.uk>": "ask Bob <[e-mail]>",
		"module@v1.2.3": "module@v1.2.3",
		"/home/bob/app/main.tf": "/home/[user]/app/main.tf",
		"/Users/bob/app/main.tf": "/Users/[user]/app/main.tf",
		"id AKIAIOSFODNN7EXAMPLE.": "id [secret].",
		"ghp_0123456789abcdefghij": "[secret]",
		"github_pat_0123456789abcdefghij": "[secret]",
		"glpat-0123456789abcdefghij": "[secret]",
		"xoxb-0123456789": "[secret]",
		"sk-0123456789abcdef": "[secret]",
		"disk-0123456789abcdef": "disk-0123456789abcdef",
		"AIza0123456789abcdefghijklmnopqrstuvwxy": "[secret]",
		"hf_0123456789abcdefghij": "[secret]",
		"eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2ln": "[secret]",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n": "[secret]",
		"password=hunter2&x=1": "password=[secret]&x=1",
		`"apiKey": "hunter2"`: `"apiKey": "[secret]"`,
		"Bearer abc.def": "Bearer [secret]",
		"https://bob:hunter2@example.com/x": "https://bob:[secret]@example.com/x",
		"postgres://:hunter2@db:5432": "postgres://:[secret]@db:5432",
		"http://localhost:8181": "http://localhost:8181",
	}
	mask := log.mask with input as {"path": "tollbar/decision", "input": [text]}
	mask == _upsert([masked])
}

test_fields[name] if {
	some name, case in {
		"under telling names": {
			"given": {"tags": {"DB_PASSWORD": "x", "api-key": "x", "cost_center": "x"}},
			"masked": {"tags": {"DB_PASSWORD": "[secret]", "api-key": "[secret]", "cost_center": "x"}},
		},
		"prompts, whatever they are made of": {
			"given": {"system_prompt": "x", "messages": [{"role": "user", "content": "x"}], "model": "m"},
			"masked": {"system_prompt": "[prompt]", "messages": "[prompt]", "model": "m"},
		},
		"numbers are none": {
			"given": {"prompt_tokens": 900, "output_tokens": 250, "monthly_cost": 123456789012},
			"masked": {"prompt_tokens": 900, "output_tokens": 250, "monthly_cost": 123456789012},
		},
		"ids": {
			"given": {"project_id": "x", "aws_account_id": "x", "subscription_id": "x", "project": "x", "team_id": "x"},
			"masked": {
				"project_id": "[account]",
				"aws_account_id": "[account]",
				"subscription_id": "[account]",
				"project": "x",
				"team_id": "x",
			},
		},
		"within one another": {
			"given": [{"secrets": {"password": "x"}, "note": "a@b.de"}],
			"masked": [{"secrets": "[secret]", "note": "[e-mail]"}],
		},
		"keys that tell themselves": {
			"given": {"by_team": {"bob@example.com": 3, "x": 1}, "arn:aws:iam::123456789012:x": {"y": "a@b.de"}},
			"masked": {"by_team": {"x": 1}},
		},
		"a text": {"given": "a@b.de", "masked": "[e-mail]"},
	}
	mask := log.mask with input as {"path": "tollbar/decision", "input": case.given}
	mask == _upsert(case.masked)
}

test_numbers_and_the_like_are_logged_as_they_are[type] if {
	some type, value in {"number": 5, "true": true, "false": false, "null": null}
	mask := log.mask with input as {"path": "x", "input": value, "result": value}
	mask == set()
}

test_all_parts if {
	mask := log.mask with input as {
		"path": "a@b.de",
		"input": {"x": "a@b.de"},
		"result": {"y": "a@b.de"},
		"nd_builtin_cache": {"z": "a@b.de"},
	}
	mask == {
		{"op": "upsert", "path": "/input", "value": {"x": "[e-mail]"}},
		{"op": "upsert", "path": "/result", "value": {"y": "[e-mail]"}},
		{"op": "upsert", "path": "/nd_builtin_cache", "value": {"z": "[e-mail]"}},
	}
}

test_what_cannot_be_masked_is_not_logged if {
	mask := log.mask with input as {"path": "x", "input": {"x": 1}, "result": true} with json.patch as {}
	mask == {"/input"}
}
