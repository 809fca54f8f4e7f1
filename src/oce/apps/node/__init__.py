"""This house: for those who look after it, how it is, what was done in it, who may what, its words and its backups."""
