"""Packs: what each kind of recipient gets, and the register of what left the house."""
