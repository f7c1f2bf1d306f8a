export * from "./models";
export { openai as llm } from "./openai";
