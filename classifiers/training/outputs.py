"""Names the heads that are trained: those that ship, and one for each public data set."""

from __future__ import annotations

from classifiers.outputs import OUTPUTS
from classifiers.training.data import TRUST

# One head for what each public set itself calls toxic. They are trained beside the shared ones, so
# that a set's own idea of abuse need not bend the shared idea, and they are left out of the export.
SET_HEADS = tuple(f"set:{name}" for name in sorted(TRUST))
HEADS = (*OUTPUTS, *SET_HEADS)
# Only the own comments tell these, so they begin with those and take no part in the first fit.
LATE_HEADS = ("urgent",)
PLACE = {name: place for place, name in enumerate(HEADS)}
