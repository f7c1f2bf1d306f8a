import OpenAI from "openai";
import fs from "node:fs";

const openai = new OpenAI();

export async function submitNightly() {
  const file = await openai.files.create({ file: fs.createReadStream("nightly.jsonl"), purpose: "batch" });
  return openai.batches.create({ input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" }); // call: openai ?
}
