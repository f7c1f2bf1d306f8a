"""Estimators for language models: called by API, or hosted on machines of one's own."""
