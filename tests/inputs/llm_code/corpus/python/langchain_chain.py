from langchain_anthropic import ChatAnthropic
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate

prompt = ChatPromptTemplate.from_messages([("system", "Translate to French."), ("user", "{text}")])
chain = prompt | ChatAnthropic(model_name="claude-3-opus-20240229") | StrOutputParser()


def translate(text):
    return chain.invoke({"text": text})  # call: langchain claude-3-opus-20240229
