"""Calls of language models in JavaScript and TypeScript, read with tree-sitter: shapes by what is imported."""
