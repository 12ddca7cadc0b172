"""Whose funded projects tell something of a programme: its own, its forerunners' and its successor's."""

from thbfund.catalogue.contents import Catalogue

MERGED = 3  # a successor of more programmes than this does not tell which of them would have paid


def kin(programme: str, catalogue: Catalogue) -> frozenset[str]:
    """Ids of a programme, of all that it follows, and of those that follow it while few were merged into one."""
    return frozenset({programme, *_before(programme, catalogue), *_after(programme, catalogue)})


def _before(programme: str, catalogue: Catalogue) -> set[str]:
    found: set[str] = set()
    waiting = [*catalogue.forerunners(programme)]
    while waiting:
        key = waiting.pop().id
        if key not in found:
            found.add(key)
            waiting += catalogue.forerunners(key)
    return found


def _after(programme: str, catalogue: Catalogue) -> set[str]:
    found: set[str] = set()
    successor = catalogue.programmes[programme].successor.value
    while successor and successor in catalogue.programmes and successor not in found:
        if len(catalogue.forerunners(successor)) > MERGED:
            break
        found.add(successor)
        successor = catalogue.programmes[successor].successor.value
    return found
