from pymongo import MongoClient

database = MongoClient().shop
database.messages.create(model="gpt-4o")
database.responses.create(model="x", input="y") if hasattr(database, "responses") else None
