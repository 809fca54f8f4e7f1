"""Tables in files: read into columns of text, understood by their headings, and taken in whole or not at all."""
