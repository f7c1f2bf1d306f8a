import { azure, deepseek } from "@/lib/openai";
import { Claude, DEFAULT_MODEL, llm, MAX_TOKENS, MODELS } from "./lib";
import Anthropic from "@anthropic-ai/sdk";

const anthropic = new Anthropic({ maxRetries: 3 });

export async function fast(question: string) {
  return llm.chat.completions.create({ model: MODELS.fast, max_tokens: MAX_TOKENS, messages: [] }); // call: openai gpt-4o-mini x1-?
}

export const byEnvironment = async () => (await llm).chat.completions.create({ model: DEFAULT_MODEL, messages: [] }); // call: openai gpt-4o

export const large = () =>
  anthropic.messages.stream({ model: Claude.Large, max_tokens: 8000, system: "You are terse.", messages: [] }); // call: anthropic claude-opus-4-1

export const inAzure = () => azure.chat.completions.create({ model: "", messages: [] }); // call: azure ?

export const reasoned = () => deepseek().chat.completions.create({ model: "deepseek-reasoner", messages: [] }); // call: openai deepseek-reasoner

export const byTier = (tier: keyof typeof MODELS) => llm.responses.create({ model: MODELS[tier], input: "Hi" }); // call: openai gpt-4o-mini | gpt-4o
