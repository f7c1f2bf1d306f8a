import { OpenAI, Settings, VectorStoreIndex } from "llamaindex";
import { anthropic } from "@llamaindex/anthropic";

Settings.llm = new OpenAI({ model: "gpt-4o-mini", maxTokens: 256 }); // call: llamaindex gpt-4o-mini

const claude = new OpenAI({ model: "gpt-4.1" });

export const talk = () => claude.chat({ messages: [{ role: "user", content: "Hi" }] }); // call: llamaindex gpt-4.1

export const ask = async (index: VectorStoreIndex, query: string) => index.asQueryEngine().query({ query });
