"""Mastodon: the connector of an account on any instance."""
