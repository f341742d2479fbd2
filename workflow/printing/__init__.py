"""Pages to paper: fonts, and the only importer of WeasyPrint."""
