"""From facts, and questions to the index, to findings."""
