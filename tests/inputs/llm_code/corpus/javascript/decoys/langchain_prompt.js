import { ChatPromptTemplate } from "@langchain/core/prompts";
import { MemoryVectorStore } from "langchain/vectorstores/memory";

export async function render(name) {
  const prompt = ChatPromptTemplate.fromMessages([["user", "Hello {name}"]]);
  const store = new MemoryVectorStore();
  await store.asRetriever().invoke("query");
  return prompt.invoke({ name });
}
