import type OpenAI from "openai";

export type Create = OpenAI.Chat.Completions["create"];
export interface Request {
  model: "gpt-4o";
  max_tokens: number;
}
export const rules = { model: "gpt-4o", create: (request: Request) => request };
export const apply = () => rules.create({ model: "gpt-4o", max_tokens: 5 });
