"""Imported where processes are about to print: WeasyPrint is there then, if it can be."""

from contextlib import suppress

from workflow.errors import PrintError
from workflow.printing import pdf

with suppress(PrintError):  # who prints will say it
    pdf.load()
