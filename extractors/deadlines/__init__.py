"""Time limits: the forms in which they are written, and the day on which each runs out."""
