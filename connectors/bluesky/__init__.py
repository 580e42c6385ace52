"""Bluesky: the connector of an account on the AT Protocol."""
