"""GraphQL made from the records: in the shape of vf-graphql, with the content of ValueFlows 1.0.0."""
