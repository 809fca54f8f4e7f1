"""Plain pages for every record: lists, details and forms, made from the record's declaration; they work without scripts."""
