"""A real Bluesky network on 127.0.0.1: identities, accounts, the public's view, the moderators."""
