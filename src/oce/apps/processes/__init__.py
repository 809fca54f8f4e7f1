"""Plans and processes: where inputs become outputs, and what is done together by when."""
