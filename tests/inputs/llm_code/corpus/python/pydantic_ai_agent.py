from pydantic_ai import Agent

agent = Agent("anthropic:claude-sonnet-4-0", system_prompt="Be brief.")
print(agent.run_sync("Where does hello world come from?"))  # call: pydantic-ai claude-sonnet-4-0
