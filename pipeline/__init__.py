"""The order of things: one document, a batch of drafts, an archive; the command line and the reports."""
