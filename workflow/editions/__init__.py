"""Editions: article and catalog to pages. Values in, text out."""
