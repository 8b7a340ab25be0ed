"""What chance alone brings: the 99 % interval of a binomial, over many attempts together."""

from math import exp, lgamma, log

SURE = 0.99


def most_by_chance(tries: int, rate: float, attempts: int = 1) -> int:
    """So many hits, and no more, chance brings in 99 % of cases, over all `attempts` together.

    One-sided and exact, with Bonferroni's correction: each attempt may err in (1 - 0.99) / attempts
    of cases.
    """
    if not tries:
        return 0
    left, hits = 1.0, -1
    while left > (1 - SURE) / attempts:
        hits += 1
        left -= _exactly(hits, tries, rate)
    return hits


def _exactly(hits: int, tries: int, rate: float) -> float:
    ways = lgamma(tries + 1) - lgamma(hits + 1) - lgamma(tries - hits + 1)
    return exp(ways + hits * log(rate) + (tries - hits) * log(1 - rate))
