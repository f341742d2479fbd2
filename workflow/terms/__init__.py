"""The term base: its table, and terms found by their inflected forms."""
