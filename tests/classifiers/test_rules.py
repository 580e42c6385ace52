"""Every rule fires on its own examples, keeps silent on the others, and says where and what."""

import pytest

from classifiers.matching import pattern
from classifiers.registry import DEFAULT, load
from classifiers.rules.engine import MAX_CHARS, MAX_PLACES, Rule, RuleFamily
from classifiers.rules.personal_details import PERSONAL_DETAILS
from classifiers.rules.threats import THREATS
from moderation.model import Hit
from moderation.taxonomy import CheckFirst, NotAbuse

FAMILIES = [family for family in load(DEFAULT[1:]) if isinstance(family, RuleFamily)]
RULES = [(family, rule) for family in FAMILIES for rule in family.rules]
FIRES = [(family, rule.name, text) for family, rule in RULES for text in rule.fires]
SILENT = [(family, rule.name, text) for family, rule in RULES for text in rule.silent]


def hits(family: RuleFamily, text: str) -> tuple[Hit, ...]:
    return family.score([text])[0].hits


def names(family: RuleFamily, text: str) -> list[str]:
    return [hit.rule for hit in hits(family, text)]


@pytest.mark.parametrize(("family", "name", "text"), FIRES, ids=[f"{n}: {t}" for _, n, t in FIRES])
def test_a_rule_fires_on_what_it_is_for(family: RuleFamily, name: str, text: str) -> None:
    assert name in names(family, text)


@pytest.mark.parametrize(
    ("family", "name", "text"), SILENT, ids=[f"{n}: {t}" for _, n, t in SILENT]
)
def test_a_rule_keeps_silent_on_the_near_miss(family: RuleFamily, name: str, text: str) -> None:
    assert name not in names(family, text)


@pytest.mark.parametrize(("family", "rule"), RULES, ids=[r.name for _, r in RULES])
def test_a_rule_is_linear_time_and_speaks_plainly(family: RuleFamily, rule: Rule) -> None:
    # RE2 refuses whatever it cannot match in linear time, so compiling is the proof.
    for source in rule.patterns:
        assert not pattern(source).found_in("")
    assert rule.says[0].isupper()
    assert not rule.says.endswith(".")
    assert "\n" not in rule.says
    assert rule.fires
    assert rule.silent


def test_check_first_has_a_rule_for_every_code() -> None:
    told = {rule.name for _, rule in RULES}
    assert {f"check.{code}" for code in CheckFirst} <= told


def test_not_abuse_has_a_rule_for_every_class_but_neutral() -> None:
    told = {rule.name for _, rule in RULES}
    assert {f"not_abuse.{code}" for code in NotAbuse if code is not NotAbuse.NEUTRAL} <= told


def test_a_hit_points_into_the_original_text() -> None:
    text = "\u200bOh  \U0001f525 you\u2019re a w\u200b4nkerrrr, mate"
    found = [hit for hit in hits(FAMILIES[3], text) if hit.rule == "abuse.insult"]
    start = text.index("you")
    assert [(hit.start, text[start : hit.end]) for hit in found] == [
        (start, "you\u2019re a w\u200b4nkerrrr")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Y0u\u2019re an abs0lute w@nker",
        "you\u2019re a \uff57\uff41\uff4e\uff4b\uff45\uff52",
        "YOU'RE A WAAAAANKER",
        "you're a w\u0430nk\u0435r",
        "u  w a n k e r",
        "you're a w*nker",
    ],
    ids=["leetspeak", "full width", "long letters", "cyrillic letters", "spelt out", "masked"],
)
def test_a_disguised_insult_is_seen(text: str) -> None:
    assert "abuse.insult" in names(FAMILIES[3], text)


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Nobody is going to hurt you", "context.negated"),
        ("Someone shouted 'I'll kill you' at the crew", "context.quoted"),
        ("i will kill for a cup of tea", "context.figurative"),
    ],
)
def test_a_held_threat_leaves_the_reason_in_its_place(text: str, context: str) -> None:
    found = names(THREATS, text)
    assert not [name for name in found if name.startswith("threat.")]
    assert context in found


def test_means_are_named_only_beside_a_threat() -> None:
    assert "context.means" in names(THREATS, "I'll stab you outside the station tonight")
    assert names(THREATS, "Come and see us outside the station tonight") == []


def test_details_of_oneself_and_public_numbers_are_not_doxing() -> None:
    public = "Call 999, 101 or 111, ring us on 01632 960001 or see www.northmoor.gov.uk"
    assert not [name for name in names(PERSONAL_DETAILS, public) if name.startswith("personal.")]
    own = "I live at 14 Larkfield Rise, my number is 07700 900123"
    assert set(names(PERSONAL_DETAILS, own)) == {"context.self"}


def test_a_long_text_is_read_to_the_limit_and_hits_are_bounded() -> None:
    late = "x " * (MAX_CHARS // 2) + "I will kill you"
    assert names(THREATS, late) == []
    many = "I will kill you. " * 200
    assert len(hits(THREATS, many)) <= MAX_PLACES * len(THREATS.rules)


def made(**signs: object) -> RuleFamily:
    return RuleFamily("f", [Rule("threat.x", "Says so", (r"\bcar\b",), (), (), **signs)])  # type: ignore[arg-type]


def test_a_sign_alone_is_too_little() -> None:
    family = made(beside=(r"\bdark\b", r"\balone\b"))
    assert names(family, "her car, alone in the dark") == ["threat.x"]
    assert names(family, "her car in the dark") == []
    assert names(family, "her car, alone") == []


def test_signs_count_only_near_each_other() -> None:
    family = made(beside=(r"\bdark\b",))
    assert names(family, "car" + " then" * 15 + " dark") == ["threat.x"]
    assert names(family, "car" + " then" * 40 + " dark") == []


def test_what_speaks_against_it_silences_a_rule_nearby() -> None:
    family = made(unless=r"\bplease\b")
    assert names(family, "please move the car") == []
    assert names(family, "please" + " then" * 60 + " car") == ["threat.x"]


def test_signs_are_part_of_the_hash() -> None:
    hashes = {
        made().sha256,
        made(beside=("a", "b")).sha256,
        made(beside=("b",)).sha256,
        made(unless="a").sha256,
    }
    assert len(hashes) == 4


def test_a_family_reads_many_rules_of_any_length_as_each_alone() -> None:
    text = "I will kill you tonight, your car is next, 07700 900123, thank you for nothing"
    for family in FAMILIES:
        alone = {
            hit.rule
            for rule in family.rules
            for hit in RuleFamily("one", [rule], see_through=True).score([text])[0].hits
        }
        assert set(names(family, text)) <= alone
        assert {name for name in alone if name in {r.name for r in family.rules}} - {
            "context.means"
        } <= set(names(family, text))


def test_a_family_is_named_after_the_hash_of_its_rules() -> None:
    rules = THREATS.rules[:2]
    one, again = RuleFamily("f", rules), RuleFamily("f", rules)
    other = RuleFamily("f", rules[:1])
    assert one.model == again.model
    assert one.sha256 != other.sha256
    assert one.model == f"f@{one.sha256[:12]}"
