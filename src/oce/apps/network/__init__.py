"""The network as it is seen: groups and people with what they do, what flows between them, and where they are."""
