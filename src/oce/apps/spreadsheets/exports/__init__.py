"""What is written here, going out whole: as linked data, as tables of text, as columns."""
