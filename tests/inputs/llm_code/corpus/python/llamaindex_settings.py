from llama_index.core import Settings, SimpleDirectoryReader, VectorStoreIndex
from llama_index.llms.anthropic import Anthropic

Settings.llm = Anthropic(model="claude-3-7-sonnet-latest")
index = VectorStoreIndex.from_documents(SimpleDirectoryReader("data").load_data())
engine = index.as_query_engine()
print(engine.query("What is in it?"))  # call: llamaindex claude-3-7-sonnet-latest
