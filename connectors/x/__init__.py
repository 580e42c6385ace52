"""X: the connector of an account, with what its calls cost."""
