"""Measures the product on this machine; every figure is printed with its breakdown."""
