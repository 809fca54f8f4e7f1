"""The catalogue: kinds of things and of work, their units and their classification."""
