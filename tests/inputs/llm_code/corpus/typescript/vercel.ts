import { anthropic } from "@ai-sdk/anthropic";
import { createOpenAI, openai } from "@ai-sdk/openai";
import { embedMany, generateObject, generateText, stepCountIs, streamText as stream } from "ai";

const groq = createOpenAI({ baseURL: "https://api.groq.com/openai/v1" });
const model = anthropic("claude-sonnet-4-5");

export const a = (prompt: string) => generateText({ model: openai("gpt-4o"), prompt, maxRetries: 0, maxOutputTokens: 256 }); // call: ai-sdk gpt-4o

export const b = (messages: any[]) => stream({ model, messages, system: "Answer briefly.", stopWhen: stepCountIs(5) }); // call: ai-sdk claude-sonnet-4-5 x1-5

export const c = () => generateObject({ model: groq("llama-3.3-70b-versatile"), prompt: "Extract the names." }); // call: ai-sdk llama-3.3-70b-versatile

export const d = (values: string[]) => embedMany({ model: openai.embedding("text-embedding-3-large"), values }); // call: ai-sdk text-embedding-3-large

export const e = () => generateText({ model: "openai/gpt-5", prompt: "Hello" }); // call: ai-sdk gpt-5
