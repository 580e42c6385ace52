"""Local servers that speak a platform's protocol: with state, seeded faults and a journal."""
