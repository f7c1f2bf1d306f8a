from langchain_community.vectorstores import FAISS
from langchain_core.prompts import PromptTemplate
from langchain_core.tools import tool


@tool
def add(a: int, b: int) -> int:
    """Add."""
    return a + b


prompt = PromptTemplate.from_template("Hi {name}")
prompt.invoke({"name": "x"})
add.invoke({"a": 1, "b": 2})
FAISS.load_local("x", None).as_retriever().invoke("question")
