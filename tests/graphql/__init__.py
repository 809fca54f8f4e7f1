"""GraphQL of the whole house: what its apps put into one schema, asked as clients ask it."""
