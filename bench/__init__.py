"""Measurements of the budgets, each beside a raw limit of the same machine in the same run."""
