"""Text to typed values: numerals, quantities, dates, agencies. Nothing here needs spaCy."""
