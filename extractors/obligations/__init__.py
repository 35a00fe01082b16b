"""The register: which sentences demand something, what they demand, and who bears it."""
