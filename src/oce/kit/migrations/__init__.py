"""How the tables of the kit came to be."""
