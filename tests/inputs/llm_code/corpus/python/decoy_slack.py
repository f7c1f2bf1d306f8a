from slack_sdk import WebClient

client = WebClient()
client.chat_postMessage(channel="#general", text="Deployed gpt-4o")
client.chat.postMessage(channel="#general", text="Deployed")
