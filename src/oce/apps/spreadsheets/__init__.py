"""Spreadsheets and documents: what is told in files, read in and written out."""
