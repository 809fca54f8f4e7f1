"""The ledger: what happened, recorded once, corrected by further events, never edited."""
