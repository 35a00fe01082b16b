"""Vocabulary as data: bodies, document types, official wording. Every table carries examples that a test proves."""
