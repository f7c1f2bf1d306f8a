"""Two ``.github/crashlens.yml`` as people have them; actions and channels stand in rules here, in policies there."""

FIRST = """\
#.github/crashlens.yml
version: 1
updates:
  - package-ecosystem: "llm-prompts"
    directory: "/prompts" # Scan this directory for prompt definitions
    schedule:
      interval: "daily" # Run policy checks daily
policies:
  - enforce: "prevent-model-overkill" # Rule to stop using expensive models unnecessarily
    description: "Disallow expensive models for simple tasks like summarization."
    rules:
      - task_type: "summarization" # CrashLens infers task type
        input_tokens_max: 500 # If input is small
        disallowed_models: ["gpt-4", "claude-3-opus", "o1-pro"] # Too pricey
        suggest_fallback: "gpt-4o-mini" # The efficient alternative
        alert_channel: "#finops-llm-alerts" # Slack channel for alerts
        actions: ["block_pr", "slack_notify"] # Hard block the PR, notify team
  - enforce: "cap-llm-retries" # Rule to prevent runaway retries
    description: "Cap LLM retries to prevent cost spikes from runaway agentic loops."
    rules:
      - max_retries: 3 # Max allowed retries for any LLM call
        model_scope: ["all"] # Applies to all models
        alert_channel: "#eng-sre-alerts"
        actions: ["block_pr", "slack_notify"] # Fail PR, alert SRE
  - enforce: "limit-output-tokens" # Control verbosity and output costs
    description: "Enforce max output tokens to control cost and verbosity."
    rules:
      - task_type: "content_generation"
        max_output_tokens: 750 # Set a reasonable limit
        alert_channel: "#content-eng-alerts"
        actions: ["slack_notify"] # Notify if too verbose, don't block
"""
SECOND = """\
#.github/crashlens.yml
version: 1
updates:
  - package-ecosystem: "llm-prompts"
    directory: "/prompts" # Scan this directory for prompt definitions
    schedule:
      interval: "daily" # Run policy checks daily
policies:
  - enforce: "prevent-model-overkill"
    description: "Disallow expensive models for simple tasks."
    rules:
      - task_type: "summarization" # CrashLens identifies summarization tasks
        input_tokens_max: 500 # If input prompt is short (e.g., < 500 tokens)
        disallowed_models: ["gpt-4", "claude-3-opus", "o1-pro"] # These are too expensive for this task
        suggest_fallback: "gpt-4o-mini" # Recommend a cheaper, efficient alternative
        alert_channel: "#finops-llm-alerts" # Notify FinOps team on Slack
        actions: ["block_pr", "slack_notify"]
      - task_type: "basic_q_and_a"
        input_tokens_max: 200
        disallowed_models: ["gpt-4o", "claude-3-sonnet"]
        suggest_fallback: "gpt-3.5-turbo" # Much cheaper for many general use cases
        alert_channel: "#finops-llm-alerts"
        actions: ["block_pr"] # Hard block non-compliant changes
  - enforce: "cap-llm-retries"
    description: "Cap LLM retries to prevent cost spikes from runaway agentic loops."
    rules:
      - max_retries: 3 # Maximum allowed retries for any LLM call
        model_scope: ["all"] # Applies to all models
    alert_channel: "#eng-sre-alerts"
    actions: ["block_pr", "slack_notify"] # Fail PR, alert SRE
  - enforce: "limit-output-tokens"
    description: "Enforce max output tokens to control cost and verbosity."
    rules:
      - task_type: "content_generation"
        max_output_tokens: 750 # Roughly 1000 words
    alert_channel: "#content-eng-alerts"
    actions: ["slack_notify"] # Notify if too verbose
"""

SUMMARIZATION = {
    "policy": "prevent-model-overkill",
    "task_type": "summarization",
    "input_tokens_max": 500,
    "disallowed_models": ["gpt-4", "claude-3-opus", "o1-pro"],
    "suggest_fallback": "gpt-4o-mini",
    "mode": "enforce",
    "alert_channel": "#finops-llm-alerts",
}
QUESTIONS = {
    "policy": "prevent-model-overkill",
    "task_type": "basic_q_and_a",
    "input_tokens_max": 200,
    "disallowed_models": ["gpt-4o", "claude-3-sonnet"],
    "suggest_fallback": "gpt-3.5-turbo",
    "mode": "enforce",
    "alert_channel": "#finops-llm-alerts",
    "notify": False,
}
RETRIES = {
    "policy": "cap-llm-retries",
    "max_retries": 3,
    "model_scope": ["all"],
    "mode": "enforce",
    "alert_channel": "#eng-sre-alerts",
}
OUTPUT = {
    "policy": "limit-output-tokens",
    "task_type": "content_generation",
    "max_output_tokens": 750,
    "mode": "warn",
    "alert_channel": "#content-eng-alerts",
}
"""What their rules come to."""
