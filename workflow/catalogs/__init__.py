"""Catalogs and templates: reading and writing, extraction, update, marks."""
