"""HR cases: who may see them, what support is offered, what is done, and how each ends."""
