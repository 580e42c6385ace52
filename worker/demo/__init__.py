"""The demo: an invented fire and rescue service with three weeks of comments, clearly marked."""

from worker.demo.loading import load, may_load, set_up_organisation
from worker.demo.showing import sign_ins, start_live_feed, welcome

__all__ = ["load", "may_load", "set_up_organisation", "sign_ins", "start_live_feed", "welcome"]
