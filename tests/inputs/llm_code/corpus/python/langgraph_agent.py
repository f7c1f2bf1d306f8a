from langchain_openai import ChatOpenAI
from langgraph.prebuilt import create_react_agent

agent = create_react_agent(ChatOpenAI(model="gpt-4.1-mini"), tools=[])
print(agent.invoke({"messages": [("user", "weather?")]}))  # call: langchain gpt-4.1-mini
