"""Property tests look for wrong answers, not for slow ones: no example of theirs is timed (machines are shared and noisy)."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
