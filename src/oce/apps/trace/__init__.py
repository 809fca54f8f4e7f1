"""Trace: where a thing came from, and where it went."""
