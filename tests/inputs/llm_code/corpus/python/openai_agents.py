from agents import Agent, Runner

triage = Agent(name="Triage", instructions="Route the request.", model="gpt-4.1")


async def main(request):
    return await Runner.run(triage, request, max_turns=6)  # call: openai-agents gpt-4.1 x1-6
