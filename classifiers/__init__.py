"""Detectors that read a text and say what they saw; they neither know thresholds nor decide."""
