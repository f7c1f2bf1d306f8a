"""Search in the manual, by an Azure deployment of which the code does not tell the model."""

from openai import AzureOpenAI


def embed(pages):
    """Return the vectors of pages."""
    return AzureOpenAI().embeddings.create(model="manual-search", input=pages)
