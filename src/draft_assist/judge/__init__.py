"""A model beside the rules: asked about single clauses, its answers verified before anyone sees them."""
