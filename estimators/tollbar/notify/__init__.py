"""Tells people of findings where they are: a Slack channel."""
