"""What staff see: pages, forms and sign-in."""
