"""The arrival of a document: what it tells, held against what is known, written down whole or not at all."""
