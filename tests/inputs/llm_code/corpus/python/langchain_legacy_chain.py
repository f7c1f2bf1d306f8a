from langchain.chains import LLMChain
from langchain.llms import OpenAI
from langchain.prompts import PromptTemplate

chain = LLMChain(llm=OpenAI(model_name="gpt-3.5-turbo-instruct"), prompt=PromptTemplate.from_template("Name {x}"))
print(chain.run("a dog"))  # call: langchain gpt-3.5-turbo-instruct
