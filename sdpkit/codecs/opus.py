"""Opus: RFC 7587."""

from sdpkit.codecs.parameters import FormatParameters


class OpusParameters(FormatParameters, frozen=True):
    """The format parameters of Opus (RFC 7587 §6.1).

    Each says what its writer wants to receive; the two that begin with sprop say what it is going to send.

    >>> opus = OpusParameters.parse("minptime=10;useinbandfec=1")
    >>> opus.minptime, opus.useinbandfec, opus.stereo
    (10, True, None)
    """

    cbr: bool | None = None  # constant bit rate
    maxaveragebitrate: int | None = None  # bits per second, 6000 to 510000
    maxplaybackrate: int | None = None  # Hz; 48000 where it is missing
    maxptime: int | None = None  # milliseconds; 120 where it is missing
    minptime: int | None = None  # milliseconds; 3 where it is missing
    ptime: int | None = None  # milliseconds; 20 where it is missing
    sprop_maxcapturerate: int | None = None  # Hz; 48000 where it is missing
    sprop_stereo: bool | None = None  # stereo is likely to be sent
    stereo: bool | None = None  # stereo is preferred
    usedtx: bool | None = None  # discontinuous transmission: less is sent in silence
    useinbandfec: bool | None = None  # packets may carry the one before once more, in less quality
