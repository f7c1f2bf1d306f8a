"""Stage 5: what OPA says of an estimate. Python carries the question and the answer; the verdict is Rego's."""
