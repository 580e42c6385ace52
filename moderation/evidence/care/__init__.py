"""The vault's care: what names its files, whether each is whole, and what may be removed."""
