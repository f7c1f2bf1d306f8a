import { readFileSync } from "node:fs";
import path from "node:path";
import OpenAI from "openai";
import { FOOTER } from "./lib/texts";

const openai = new OpenAI();
const system = readFileSync(path.join(__dirname, "config", "system.md"), "utf8");

const HEADER = `
You are a careful assistant.
`;

export const careful = (question: string) =>
  openai.chat.completions.create({ // call: openai gpt-4o
    model: "gpt-4o",
    messages: [
      { role: "system", content: system },
      { role: "system", content: [HEADER, FOOTER].join("\n") },
      { role: "user", content: question },
    ],
  });
