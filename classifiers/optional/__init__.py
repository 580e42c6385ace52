"""Models that an organisation adds: each runs in a process of its own, loaded without trust."""
