"""Text to Article: the Markdown dialect, the front matter, and the import of plain text."""
