"""Tests of what belongs to the whole house."""
