"""Journeys through the living demo in a real browser, as people walk them."""
