import { Agent, run } from "@openai/agents";

const triage = new Agent({ name: "Triage", instructions: "Route the request.", model: "gpt-4.1-mini" });

export const handle = (request: string) => run(triage, request, { maxTurns: 4 }); // call: openai gpt-4.1-mini x1-4
