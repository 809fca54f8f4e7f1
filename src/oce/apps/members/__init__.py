"""Members: who belongs to which group, in which role, and what they may therefore see and do."""
