"""Annotating in doccano: its file shapes, and a server that the user names."""
