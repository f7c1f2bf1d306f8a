import OpenAI from "openai";

const proxy = new OpenAI({ baseURL: "http://litellm:4000" });

export const quick = (messages: any[]) => proxy.chat.completions.create({ model: "fast", messages });

export const byEnvironment = (messages: any[]) =>
  new OpenAI().chat.completions.create({ model: process.env.CHAT_MODEL ?? "gpt-4o", messages });
