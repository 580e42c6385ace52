"""Harmless sentences that name a group of people, so that naming one is not read as abuse."""

from __future__ import annotations

from itertools import product

import numpy as np

from classifiers.training.outputs import HEADS, PLACE
from classifiers.training.rows import Rows

_GROUPS = [
    "gay",
    "lesbian",
    "bisexual",
    "trans",
    "transgender",
    "queer",
    "straight",
    "black",
    "white",
    "asian",
    "african",
    "caribbean",
    "pakistani",
    "indian",
    "bangladeshi",
    "chinese",
    "polish",
    "romanian",
    "ukrainian",
    "irish",
    "scottish",
    "welsh",
    "english",
    "nigerian",
    "somali",
    "syrian",
    "afghan",
    "jewish",
    "muslim",
    "christian",
    "hindu",
    "sikh",
    "buddhist",
    "catholic",
    "protestant",
    "atheist",
    "disabled",
    "deaf",
    "blind",
    "autistic",
    "dyslexic",
    "elderly",
    "old",
    "young",
    "pregnant",
    "female",
    "male",
    "non-binary",
    "immigrant",
    "refugee",
    "traveller",
    "gypsy",
    "roma",
    "working-class",
    "overweight",
]
_SENTENCES = (
    "i am a {} person and i live near the station",
    "my {} neighbour helped us carry everything out",
    "the {} community group is meeting in the hall on thursday",
    "thank you from a {} family on the estate",
    "she is {} and has worked here for twelve years",
    "are there any {} staff on the open day panel",
    "as a {} man i found the crew polite",
    "as a {} woman i felt welcome at the surgery",
    "{} people pay council tax too",
    "my son is {} and loves his school",
    "we need more {} nurses and firefighters",
    "happy to see {} colleagues on the poster",
    "being {} should not decide how you are treated",
    "the leaflet for {} residents has a typo on page two",
    "two {} lads pushed the car out of the flood",
    "there is a {} family at number nine",
    "a {} couple moved in across the road last spring",
    "the people upstairs from my mum are {}",
    "our new doctor is {} and very thorough",
    "the teacher who starts in september is {}",
    "one of the firefighters on the stand was {}",
    "my gran was {} and proud of it",
    "is there a quiet room for {} visitors",
    "a {} girl in my class won the poster prize",
    "he mentioned that his wife is {}",
    "the history talk is about {} people in the town",
    "{} and pleased to be here",
)
_TOLD = (
    "abuse",
    "toxicity",
    "severe_toxicity",
    "insult",
    "identity_attack",
    "threat",
    "serious",
    "grave",
    "urgent",
)
# Made from a pattern, so each says little: the whole grid weighs as much as some hundred comments.
_WEIGHT = 0.4
_KEPT = 0.35
_SEED = 7


def neutral_rows() -> Rows:
    """Return a drawn part of the grid of groups and sentences, all told to be harmless."""
    drawn = np.random.default_rng(_SEED)
    texts = [
        sentence.format(group)
        for group, sentence in product(_GROUPS, _SENTENCES)
        if drawn.random() < _KEPT
    ]
    targets = np.zeros((len(texts), len(HEADS)), dtype=np.float32)
    weights = np.zeros_like(targets)
    weights[:, [PLACE[name] for name in _TOLD]] = _WEIGHT
    return Rows(texts, targets, weights, np.array(["neutral"] * len(texts), dtype=object))
