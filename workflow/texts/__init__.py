"""What a text says, whoever wrote it: words, letters, numbers, dates.

Engines' answers are judged by it, and catalogs are checked by it.
"""
