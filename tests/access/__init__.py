"""Who may see and do what, for every class of records, every way to read them, and every command."""
