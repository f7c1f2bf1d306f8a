"""Tests of calls of language models: logs, routing."""
