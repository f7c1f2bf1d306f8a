export function translate(text) {
  const url = `https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent?key=${process.env.KEY}`;
  return fetch(url, { method: "POST", body: JSON.stringify({ contents: [{ parts: [{ text }] }] }) }); // call: http gemini-2.5-flash
}
