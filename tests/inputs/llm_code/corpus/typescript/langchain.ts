import { ChatAnthropic } from "@langchain/anthropic";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { RetrievalQAChain } from "langchain/chains";
import { createReactAgent } from "@langchain/langgraph/prebuilt";

const prompt = ChatPromptTemplate.fromMessages([
  ["system", "You translate {from} to {to}."],
  ["user", "{text}"],
]);
const model = new ChatOpenAI({ model: "gpt-4o", maxTokens: 100, maxRetries: 1 });
const chain = prompt.pipe(model).pipe(new StringOutputParser());

export const translate = (text: string) => chain.invoke({ from: "de", to: "en", text }); // call: langchain gpt-4o

const careful = new ChatAnthropic({ model: "claude-sonnet-4-5" }).withFallbacks([new ChatOpenAI({ model: "gpt-4.1" })]);

export const fallback = () => careful.invoke("Hello"); // call: langchain claude-sonnet-4-5

export const embedding = (text: string) => new OpenAIEmbeddings({ model: "text-embedding-3-small" }).embedQuery(text); // call: langchain text-embedding-3-small

export const qa = (store: any) => RetrievalQAChain.fromLLM(new ChatOpenAI({ modelName: "gpt-3.5-turbo" }), store); // call: langchain gpt-3.5-turbo

const agent = createReactAgent({ llm: new ChatOpenAI({ model: "o3-mini" }), tools: [] });

export const act = (question: string) => agent.invoke({ messages: [{ role: "user", content: question }] }); // call: langchain o3-mini x1-?
