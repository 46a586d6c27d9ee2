"""What is judged, with what came before it."""

from functools import cached_property

import msgspec

from sdpkit.rules.stacks.chromium.model import Group, Session


class Exchange(msgspec.Struct, frozen=True, dict=True):
    """A description, and what it stands in."""

    type: str
    new: Session
    offer: Session | None
    """For an answer, the offer of this side."""
    before: Session | None
    """What the remote side said in the exchange before."""

    @property
    def is_answer(self) -> bool:
        """Whether an answer is judged."""
        return self.type == "answer"

    @cached_property
    def established(self) -> list[Group]:
        """The BUNDLE groups that hold when the description comes: those of the offer that held before in some form.

        A peer whose policy is max-bundle counts the groups of its own offer as holding at once. Its offer shows that:
        none but the first section of a group has candidates.
        """
        offer = self.offer if self.is_answer else self.new
        if offer is None:
            return []
        old = self.before.group_by_mid if self.before else {}
        groups = [group for group in offer.groups if any(mid in old for mid in group.mids)]
        if self.is_answer:
            return groups or [group for group in offer.groups if _is_bundled_at_once(group, offer)]
        known = offer.group_by_mid
        return groups + [group for group in dict.fromkeys(old.values()) if not any(mid in known for mid in group.mids)]

    @cached_property
    def tags(self) -> dict[str, str]:
        """For each section of the established groups, the one whose transport it is on."""
        return {mid: group.mids[0] for group in self.established for mid in group.mids}

    @cached_property
    def extensions_in_use(self) -> dict[tuple[str, int], dict[str, str]]:
        """The URIs that an id of a header extension has on a transport so far, each with a section that has it."""
        in_use: dict[tuple[str, int], dict[str, str]] = {}
        session = self.offer if self.is_answer else self.before
        if session is None:
            return in_use
        for section in session.live:
            tag = self.tags.get(section.mid, section.mid) if self.is_answer else session.tag_of(section.mid)
            first = {extension.id: extension.uri for extension in reversed(section.extensions) if section.is_media}
            for id, uri in first.items():
                in_use.setdefault((tag, id), {}).setdefault(uri, section.mid)
        return in_use

    def transports_of(self, mid: str) -> list[str]:
        """The transports that there are already, by their first sections, of which a section may come to use one."""
        tag = self.new.tag_of(mid)
        if self.is_answer:
            return [self.tags.get(tag, tag)]
        return list(dict.fromkeys((self.before.tag_of(mid), self.before.tag_of(tag)))) if self.before else []


def _is_bundled_at_once(group: Group, offer: Session) -> bool:
    sections = [offer.by_mid[mid] for mid in group.mids if mid in offer.by_mid]
    with_candidates = [section.has_candidates for section in sections if not section.rejected]
    return len(with_candidates) > 1 and with_candidates[0] and not any(with_candidates[1:])
