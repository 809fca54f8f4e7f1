"""Tests of the plain pages that need no site."""
