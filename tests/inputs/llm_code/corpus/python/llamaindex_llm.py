from llama_index.llms.openai import OpenAI

llm = OpenAI(model="gpt-4-turbo")
print(llm.complete("Paul Graham is "))  # call: llamaindex gpt-4-turbo
