import { readFile } from "node:fs/promises";
import OpenAI from "openai";

const proxy = new OpenAI({ baseURL: "http://litellm.internal:4000" });

export async function reply(question: string) {
  const system = await readFile("prompts/reply.md", "utf8");
  return proxy.chat.completions.create({
    model: "fast",
    messages: [
      { role: "system", content: system },
      { role: "user", content: question },
    ],
  });
}
