"""Two live peers on this machine's loopback addresses: the pair that they nominate is the one that is expected."""

import asyncio

from sdpkit import pairs
from sdpkit.ice.reach import where
from sdpkit.peer import Plan, loopback


def test_the_nominated_pair_is_the_first_or_of_its_priority() -> None:
    outcome = asyncio.run(loopback(Plan(seconds=1)))
    texts = {said.by: said.text for said in outcome.signalled}
    (checklist,) = pairs(texts["offerer"], texts["answerer"]).checklists
    expected = next(each for each in checklist.expected if each.assumption == "one network")
    first = next(pair for pair in checklist.pairs if pair.number == expected.number)
    assert outcome.pair is not None
    nominated = str(outcome.pair.local), str(outcome.pair.remote)
    likely = [pair for pair in checklist.pairs if pair.priority == first.priority]
    assert nominated in [(where(pair.local), where(pair.remote)) for pair in likely]
