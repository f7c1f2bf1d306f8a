import { OpenAI, Settings, VectorStoreIndex } from "llamaindex";
import { anthropic } from "@llamaindex/anthropic";

Settings.llm = new OpenAI({ model: "gpt-4o-mini", maxTokens: 256 });

const claude = new OpenAI({ model: "gpt-4.1" });

export const talk = () => claude.chat({ messages: [{ role: "user", content: "Hi" }] });

export const ask = async (index: VectorStoreIndex, query: string) => index.asQueryEngine().query({ query });
