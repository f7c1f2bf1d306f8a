export const MODELS = { fast: "gpt-4o-mini", smart: "gpt-4o" } as const;
export enum Claude {
  Small = "claude-haiku-4-5",
  Large = "claude-opus-4-1",
}
export const DEFAULT_MODEL = process.env.OPENAI_MODEL ?? "gpt-4o";
export const MAX_TOKENS = 4 * 1024;
