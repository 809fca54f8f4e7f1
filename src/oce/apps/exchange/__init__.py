"""Agreements as people keep them: who promised what to whom, what was given, and what is still open."""
