"""How the weights that ship were made and measured; needs the extra "train", never run in service."""
