"""spaCy components without training: outline, metadata, unit lists, assignments, tables."""
