"""What the templates of all apps may say of records."""
