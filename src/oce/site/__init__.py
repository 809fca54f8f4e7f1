"""Floor 4: the house put together."""
