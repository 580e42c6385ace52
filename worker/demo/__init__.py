"""The demo: an invented fire and rescue service with three weeks of comments, clearly marked."""

from worker.demo.loading import load, may_load
from worker.demo.showing import start_live_feed, welcome

__all__ = ["load", "may_load", "start_live_feed", "welcome"]
