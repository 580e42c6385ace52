"""Measures detection against labelled comments: figures, tables for a terminal, a page."""
