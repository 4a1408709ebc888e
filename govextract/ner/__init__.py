"""The trained recogniser of AGENCY, METRIC and DEADLINE."""
