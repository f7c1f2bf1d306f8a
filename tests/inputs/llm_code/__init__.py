"""Tests of calls of language models in source code, prompts and configuration."""
