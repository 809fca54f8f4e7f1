"""The stories of the documents, played as tests."""
