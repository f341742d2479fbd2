"""Auflage: from a German article to printed and web editions in other languages."""

__version__ = "0.1.0"
