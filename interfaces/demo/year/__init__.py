"""A made-up year of both agencies: the same seed and last day give the same year."""
