"""YouTube: the connector of a channel, with its daily units."""
