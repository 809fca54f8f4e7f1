"""Inventory: what there is, how much, where, in which lot, stage and state, and who is accountable for it."""
