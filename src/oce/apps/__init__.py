"""Floor 3: the apps, each a subject of the vocabulary."""
