const API = "https://api.openai.com/v1";

export async function classify(text) {
  const response = await fetch(`${API}/chat/completions`, { // call: http gpt-4
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      model: "gpt-4",
      max_tokens: 5,
      messages: [{ role: "user", content: "Classify the text as spam or not: " + text }],
    }),
  });
  return response.json();
}
