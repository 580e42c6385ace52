"""How the weights that ship are made and measured; needs the extra "train"."""
