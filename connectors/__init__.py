"""Code that talks to one platform for one account, behind one contract."""
