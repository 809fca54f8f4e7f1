"""What the pages of members add to the language of templates."""
