"""Why a description that Chromium takes will not lead to a connection, or to media, where that is certain."""

from collections.abc import Callable, Iterator

from sdpkit.rules.stacks.chromium.exchange import Exchange
from sdpkit.rules.stacks.chromium.model import Section


def obstacle_of(exchange: Exchange) -> str | None:
    """The first obstacle; None when none is known."""
    return next((text for find in _OBSTACLES for text in find(exchange)), None)


def _nothing_left(exchange: Exchange) -> Iterator[str]:
    if exchange.new.sections and not exchange.new.live:
        yield "every section is rejected: there is nothing to connect"


def _no_certificate(exchange: Exchange) -> Iterator[str]:
    """A digest that no certificate has: a placeholder, or one that was masked."""
    for section in exchange.new.live:
        fingerprint = section.transport.fingerprint
        if fingerprint and exchange.new.owns_transport(section) and len(set(fingerprint.digest.split(":"))) == 1:
            yield f"section {section.mid}: no certificate has this fingerprint, DTLS will fail"


def _echo(exchange: Exchange) -> Iterator[str]:
    """An answer that is the offer: the peer would talk to itself."""
    for section in exchange.new.live:
        offered = exchange.offer.by_mid.get(section.mid) if exchange.offer else None
        if offered is not None and _identity(offered) == _identity(section):
            yield f"section {section.mid}: the answer has the fingerprint and the ICE credentials of the offer itself"


def _identity(section: Section) -> tuple[object, ...]:
    transport = section.transport
    return transport.fingerprint, transport.ufrag, transport.password


def _left_alone(exchange: Exchange) -> Iterator[str]:
    """A section that was offered in a bundle and is answered outside of it, without any candidate of its own."""
    offer, new = exchange.offer, exchange.new
    if offer is None or not any(section.has_candidates for section in new.sections):
        return  # candidates are still to come
    for section in new.live:
        offered = offer.by_mid.get(section.mid)
        bundled = offered is not None and not offer.owns_transport(offered)
        if bundled and new.owns_transport(section) and not section.has_candidates:
            yield f"section {section.mid}: it was offered in a BUNDLE group, and alone it has no candidates"


def _nothing_in_common(exchange: Exchange) -> Iterator[str]:
    """An answer in whose codecs there is none that was offered."""
    for section in exchange.new.live if exchange.offer else ():
        offered = exchange.offer.by_mid.get(section.mid) if exchange.offer else None
        if offered is not None and section.is_media and not _codecs(offered) & _codecs(section):
            yield f"section {section.mid}: none of its codecs was offered, no media will flow"


def _codecs(section: Section) -> set[tuple[str, int]]:
    return {(codec.name.lower(), codec.clock_rate) for codec in section.codecs.values()}


_OBSTACLES: tuple[Callable[[Exchange], Iterator[str]], ...] = (
    _nothing_left,
    _no_certificate,
    _echo,
    _left_alone,
    _nothing_in_common,
)
