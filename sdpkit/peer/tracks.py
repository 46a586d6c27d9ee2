"""Between the feeds of a source and aiortc."""

from collections.abc import Callable

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame

from sdpkit.peer.source import Feed, SourceError


class FeedTrack(MediaStreamTrack):
    """A track that sends a feed."""

    def __init__(
        self,
        feed: Feed,
        hand: Callable[[VideoFrame | AudioFrame], None],
        fail: Callable[[SourceError], None],
    ) -> None:
        """`hand` hears of each frame that goes out, `fail` why there are no more."""
        super().__init__()
        self.kind = feed.kind
        self._feed = feed
        self._hand = hand
        self._fail = fail

    async def recv(self) -> VideoFrame | AudioFrame:
        if self.readyState != "live":
            raise MediaStreamError
        try:
            frame = await self._feed.next()
            self._hand(frame)
        except Exception as error:  # aiortc would only log it
            self._fail(error if isinstance(error, SourceError) else SourceError(f"{type(error).__name__}: {error}"))
            self.stop()
            raise MediaStreamError from None
        return frame
