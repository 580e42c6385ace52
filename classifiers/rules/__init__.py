"""Deterministic rule families: what models miss or must not decide alone, in plain sentences."""
