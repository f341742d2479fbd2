"""Blocks to segments: sentence boundaries and inline markup."""
