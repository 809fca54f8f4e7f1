"""English as it is written in Britain and most of the world: the day before the month, and twenty-four hours."""
