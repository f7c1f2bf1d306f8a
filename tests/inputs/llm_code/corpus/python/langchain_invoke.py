from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="gpt-4o", max_tokens=500, max_retries=3)


async def ask(question):
    llm.invoke(question)  # call: langchain gpt-4o
    return await llm.with_structured_output(dict).ainvoke(question)  # call: langchain gpt-4o
