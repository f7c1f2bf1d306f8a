"""Tests of the estimators for language models."""
