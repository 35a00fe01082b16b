"""From bytes to a document, from a document to facts."""
