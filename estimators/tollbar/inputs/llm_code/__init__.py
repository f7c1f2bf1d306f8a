"""Calls of language models as they stand in source code, prompts and configuration: one file per language or kind."""
