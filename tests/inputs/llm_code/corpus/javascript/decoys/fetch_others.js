export async function load() {
  await fetch("https://api.example.com/v1/completions", { body: JSON.stringify({ model: "gpt-4" }) });
  await fetch("https://api.openai.com/v1/models");
  return fetch("/api/chat", { method: "POST", body: JSON.stringify({ model: "gpt-4o" }) });
}
