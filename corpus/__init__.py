"""The nouns of Shenwen: documents, facts, findings, working days, and what has been issued before. Imports nothing of ours."""
