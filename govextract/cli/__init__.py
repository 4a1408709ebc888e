"""The ``govextract`` command: one file a sub-command, each over a plain function."""
