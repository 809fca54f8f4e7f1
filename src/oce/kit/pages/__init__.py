"""Plain pages for every record: lists, details, forms, made from its declaration. They work without scripts."""
