from twilio.rest import Client

client = Client("sid", "token")


def text(number, body):
    return client.messages.create(to=number, from_="+15550100", body=body)
