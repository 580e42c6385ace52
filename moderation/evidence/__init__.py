"""Evidence: bytes sealed before anybody acts, and packs that others can check without us."""
