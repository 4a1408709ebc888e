"""Gold and prediction to figures. Nothing here needs spaCy."""
