"""Agreements: what agents said they would do for each other, alone or bundled."""
