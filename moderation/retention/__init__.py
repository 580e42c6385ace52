"""Retention: how long things are kept, and what goes when the clock runs out."""
