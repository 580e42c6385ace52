"""How fast the embedded model reads beside its peers, in one run: items a second, and ratios.

Detoxify's checkpoints cannot be had everywhere, and speed does not depend on what weights hold, so
its real architectures run with random weights. Word lists come from PyPI into an environment of
their own (build/peers), because they pin libraries that this project has in other versions.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.material import comments, on_two_cores

ITEMS: Final = 2_000
FEW: Final = 64
WORDS: Final = 40
BATCH: Final = 500
ROUNDS: Final = 3
PEERS: Final = Path("build/peers")
LISTS: Final = {"alt-profanity-check": "1.9.1", "better-profanity": "0.7.0"}
_ARCHITECTURES: Final = {
    "detoxify original (BERT)": ("BertConfig", {}),
    "detoxify unbiased (RoBERTa)": ("RobertaConfig", {"vocab_size": 50_265}),
    "detoxify multilingual (XLM-R)": ("XLMRobertaConfig", {"vocab_size": 250_002}),
    "detoxify original-small (ALBERT)": (
        "AlbertConfig",
        {
            "embedding_size": 128,
            "hidden_size": 768,
            "num_attention_heads": 12,
            "intermediate_size": 3_072,
            "vocab_size": 30_000,
        },
    ),
}
_ASK: Final = """
import json, sys, time
texts = json.load(sys.stdin)
if sys.argv[1] == "alt-profanity-check":
    from profanity_check import predict_prob as ask
else:
    from better_profanity import profanity
    profanity.load_censor_words()
    ask = lambda texts: [profanity.contains_profanity(text) for text in texts]
ask(texts[:10])
begun = time.perf_counter()
ask(texts)
print(time.perf_counter() - begun)
"""


def main() -> None:
    """Print a table of all that can be run here, and say what could not."""
    on_two_cores()
    texts = long_texts(ITEMS)
    rates = {"Watchroom, embedded model": _embedded(texts)}
    rates |= _transformers(texts[:FEW])
    rates |= _lists(texts)
    own = rates["Watchroom, embedded model"]
    print(f"\n{'reader':36}{'items/s':>10}{'Watchroom is':>16}")
    for name, rate in rates.items():
        print(f"{name:36}{rate:>10,.0f}{own / rate:>14.1f} x")
    print(f"\n{WORDS} words an item; two cores, and two threads where a reader takes threads.")


def long_texts(count: int) -> list[str]:
    """Return texts of WORDS words each, joined from the demo's comments."""
    words = " ".join(comment["text"] for comment in comments(count * 6)).split()
    return [" ".join(words[at : at + WORDS]) for at in range(0, count * WORDS, WORDS)]


def _embedded(texts: Sequence[str]) -> float:
    from classifiers.embedded import EmbeddedModel

    model = EmbeddedModel()
    model.load()
    rate = len(texts) / _best(lambda: _batches(model.score, texts))
    alone = _best(lambda: [model.score([text]) for text in texts[:FEW]]) / FEW
    share = sum(model.is_settled(texts)) / len(texts)
    print(f"one item alone: {1_000 * alone:.1f} ms; settled by the screen: {share:.0%}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak resident memory with the model loaded: {peak:.0f} MB")
    return rate


def _transformers(texts: Sequence[str]) -> dict[str, float]:
    try:
        import torch
        import transformers
    except ImportError:
        print("torch and transformers are not installed: no figures for Detoxify's architectures")
        return {}
    torch.set_num_threads(2)
    ids = torch.randint(5, 20_000, (32, WORDS + 12))
    mask = torch.ones_like(ids)
    rates = {}
    for name, (config, values) in _ARCHITECTURES.items():
        made: Any = transformers.AutoModelForSequenceClassification.from_config(
            getattr(transformers, config)(num_labels=7, **values)
        ).eval()
        with torch.inference_mode():
            rates[name] = len(ids) / _best(lambda made=made: made(ids, attention_mask=mask))  # type: ignore[misc]
    return rates


def _lists(texts: Sequence[str]) -> dict[str, float]:
    rates = {}
    for name, version in LISTS.items():
        python = PEERS / name / "bin" / "python"
        if not python.exists():
            venv.create(PEERS / name, with_pip=True)
            wanted = [f"{name}=={version}"]
            done = subprocess.run(
                [python, "-m", "pip", "install", "-qq", *wanted], check=False, capture_output=True
            )
            if done.returncode:
                print(f"{name} could not be installed: {done.stderr.decode()[-200:]}")
                continue
        done = subprocess.run(
            [python, "-c", _ASK, name],
            input=json.dumps(list(texts)).encode(),
            check=False,
            capture_output=True,
        )
        if done.returncode:
            print(f"{name} failed: {done.stderr.decode()[-200:]}")
            continue
        rates[name] = len(texts) / float(done.stdout.split()[-1])
    return rates


def _batches(read: Callable[[Sequence[str]], object], texts: Sequence[str]) -> None:
    for begin in range(0, len(texts), BATCH):
        read(texts[begin : begin + BATCH])


def _best(work: Callable[[], object]) -> float:
    """Return the seconds of the fastest of ROUNDS runs, after one that warms up."""
    work()
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


if __name__ == "__main__":
    sys.exit(main())
