"""Tollbar over HTTP: estimates, decisions, prices and history for other tools, webhooks, and a page for people."""
