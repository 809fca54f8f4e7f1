"""How the cells of a table are understood: headings, numbers, dates. Plain values in, plain values out."""
