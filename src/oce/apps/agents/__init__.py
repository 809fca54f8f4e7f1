"""People and groups: who takes part, where they are, and how they belong together."""
