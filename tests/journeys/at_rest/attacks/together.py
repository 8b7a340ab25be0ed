"""All attacks together: each has a vote, those by rank, of which there are many, a small one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from tests.journeys.at_rest.attacks.order import Guesses
from tests.journeys.at_rest.attacks.pairs import Pairs, matched
from tests.journeys.at_rest.copies import Copy

_SMALL = 0.02
_BY_RANK = (" beside ", "order of: ")


def by_votes(attacks: Mapping[str, Callable[[Copy], Guesses]], copy: Copy) -> Guesses:
    """Whoever gets most of the votes; a sure one counts more than one that is hardly meant."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for name, attack in attacks.items():
        guesses = attack(copy)
        ranked = sorted(guesses, key=lambda voice: guesses[voice][1])
        for rank, voice_id in enumerate(ranked, 1):
            votes[voice_id][guesses[voice_id][0]] += _weight(name) * rank / len(ranked)
    return {voice_id: found.most_common(1)[0] for voice_id, found in votes.items()}


def by_claims(attacks: Mapping[str, Callable[[Copy], Pairs]], copy: Copy) -> Pairs:
    """The pairs that most attacks claim, and claim first."""
    claims: Counter[tuple[int, int]] = Counter()
    for name, attack in attacks.items():
        pairs = matched(attack(copy))
        for rank, (one, other) in enumerate(pairs):
            claims[min(one, other), max(one, other)] += _weight(name) * (1 - rank / len(pairs))
    return [pair for pair, _weight in claims.most_common()]


def _weight(name: str) -> float:
    return _SMALL if any(part in name for part in _BY_RANK) else 1.0
