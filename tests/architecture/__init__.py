"""The shape of the house, kept by tests: imports, sizes, vocabulary, documents, public names."""
