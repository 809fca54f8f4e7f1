"""Two years of ordinary life in an invented valley, told through the house's own commands so that the demo looks alive."""
