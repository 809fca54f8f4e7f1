"""How days and hours are written in a language, where the house does it otherwise than Django."""
