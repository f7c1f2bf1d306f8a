from langchain.chat_models import init_chat_model

model = init_chat_model("openai:gpt-4.1-nano", temperature=0)
for part in model.stream("Tell me"):  # call: langchain gpt-4.1-nano
    print(part)
