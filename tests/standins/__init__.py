"""Local servers that speak a platform's protocol: with state, a seeded script of faults, a journal."""
