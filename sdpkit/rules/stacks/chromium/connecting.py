"""Why a description that Chromium takes will not lead to a connection, where that is certain."""

from sdpkit.rules.stacks.chromium.checking import Exchange


def obstacle_of(exchange: Exchange) -> str | None:
    """The obstacle; None when none is known."""
    if exchange.new.sections and not exchange.new.live:
        return "every section is rejected: there is nothing to connect"
    return None
