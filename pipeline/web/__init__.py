"""The local page: an office's own browser on this machine, nothing leaves it."""
