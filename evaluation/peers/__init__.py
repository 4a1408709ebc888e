"""Other extractors on the same texts, each in its own environment.

An adapter is a script that runs in its peer's environment and knows nothing of this project: it
reads documents as JSON lines (``id``, ``text``) and writes one JSON object: versions, seconds, and
spans ``[start, end, kind]``, kind being ORG, TIME or MONEY, of each document.
"""
