"""What Firefox takes over from SIPCC: some attributes are only now looked into."""

import re

from sdpkit.rules.stacks.firefox.description import Description, Log, Section
from sdpkit.rules.stacks.firefox.simulcast import MalformedError, Stream, read_rid, read_simulcast
from sdpkit.rules.stacks.firefox.sipcc import RTP_TRANSPORTS, SCTP_TRANSPORTS
from sdpkit.rules.stacks.firefox.tokens import token

_OF_SECTIONS = ("mid", "label", "ptime", "maxptime", "sctp-port", "max-message-size")
_FINGERPRINT = re.compile("[0-9A-F]{2}(:[0-9A-F]{2})*")


def load(description: Description, log: Log) -> None:
    """Looks through the session, then through each m-section. Raises FailedError."""
    session = description.session
    for name in _OF_SECTIONS:
        for line, _ in session.attributes.get(name, ())[:1]:
            log.note(f"{name} at session level. Ignoring.", line)
    _load_fingerprints(session, log)
    for section in description.sections:
        _load_section(section, log)


def _load_section(section: Section, log: Log) -> None:
    if section.kind not in ("audio", "video", "application"):
        raise log.fail("Unsupported media section type", section.line)
    if section.transport not in RTP_TRANSPORTS | SCTP_TRANSPORTS:
        raise log.fail("Unsupported media transport type", section.line)
    simulcast = _load_simulcast(section, log)
    _load_rids(section, log)
    _load_fingerprints(section, log)
    if section.own("extmap") and section.session and section.session.own("extmap"):
        line, _ = section.attributes["extmap"][0]
        log.note("extmap attributes in both session and media level", line)
    _check_rids(section, simulcast, log)


def _load_fingerprints(section: Section, log: Log) -> None:
    """Replaces the texts of a=fingerprint by algorithms and values, each byte of these two upper-case digits."""
    for place, (line, value) in enumerate(section.attributes.get("fingerprint", ())):
        algorithm, rest = token(value)
        if not algorithm:
            raise log.fail("Empty fingerprint attribute", line)
        if not rest.strip(" \t"):
            raise log.fail("Only one token in fingerprint attribute", line)
        if not _FINGERPRINT.fullmatch(rest.lstrip(" \t")):
            raise log.fail("Malformed fingerprint token", line)
        section.attributes["fingerprint"][place] = line, (algorithm.lower(), rest.lstrip(" \t"))


def _load_simulcast(section: Section, log: Log) -> list[tuple[str, str]]:
    """The rids of the first a=simulcast, each with its direction."""
    for line, value in section.attributes.get("simulcast", ())[:1]:
        stream = Stream(value)
        try:
            return read_simulcast(stream)
        except MalformedError as error:
            raise log.fail(f"{error} at column {stream.column}", line) from None
    return []


def _load_rids(section: Section, log: Log) -> None:
    """Replaces the texts of a=rid by rids and their directions."""
    for place, (line, value) in enumerate(section.attributes.get("rid", ())):
        stream = Stream(value)
        try:
            section.attributes["rid"][place] = line, read_rid(stream)
        except MalformedError as error:
            raise log.fail(f"{error} at column {stream.place}", line) from None


def _check_rids(section: Section, simulcast: list[tuple[str, str]], log: Log) -> None:
    """Each rid of a=simulcast is one of an a=rid with the same direction; those to send come first."""
    directions = dict(reversed(section.own("rid")))
    for direction, rid in sorted(simulcast, key=lambda wanted: wanted[0] == "recv"):
        if directions.get(rid) != direction:
            log.note(f"No rid attribute for '{rid}'", section.line)
            raise log.fail(f"No rid attribute for '{rid}'", section.line)
