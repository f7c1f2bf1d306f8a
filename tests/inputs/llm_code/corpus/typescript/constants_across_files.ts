import { azure, deepseek } from "@/lib/openai";
import { Claude, DEFAULT_MODEL, llm, MAX_TOKENS, MODELS } from "./lib";
import Anthropic from "@anthropic-ai/sdk";

const anthropic = new Anthropic({ maxRetries: 3 });

export async function fast(question: string) {
  return llm.chat.completions.create({ model: MODELS.fast, max_tokens: MAX_TOKENS, messages: [] });
}

export const byEnvironment = async () => (await llm).chat.completions.create({ model: DEFAULT_MODEL, messages: [] });

export const large = () =>
  anthropic.messages.stream({ model: Claude.Large, max_tokens: 8000, system: "You are terse.", messages: [] });

export const inAzure = () => azure.chat.completions.create({ model: "", messages: [] });

export const reasoned = () => deepseek().chat.completions.create({ model: "deepseek-reasoner", messages: [] });

export const byTier = (tier: keyof typeof MODELS) => llm.responses.create({ model: MODELS[tier], input: "Hi" });
