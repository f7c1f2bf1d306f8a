import { readFile } from "node:fs/promises";
import OpenAI from "openai";

export async function reply(question: string) {
  const system = await readFile("prompts/read_by_code.md", "utf8");
  return new OpenAI().chat.completions.create({
    model: "gpt-4o",
    messages: [{ role: "system", content: system }, { role: "user", content: question }],
  });
}
