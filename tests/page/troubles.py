"""What may go wrong between two windows, in whichever browser: each trouble is explained, and then the call goes on."""

from tests.page.window import Window


def wrong_texts_are_explained(one: Window, other: Window) -> None:
    one.start()
    offer = one.connect()
    another = other.connect()
    for text, words in (
        (offer, "this side's own offer"),
        (another, "this is an offer, and an answer is waited for"),
        (another[: len(another) // 2], "it ends too early"),
        ("hello", "no description is in that text of 5 characters"),
    ):
        one.receive(text)
        one.trouble(words)
    other.page.click("#hangup")
    other.start()
    other.receive(offer)
    one.receive(other.sent())
    one.connected()


def masked_addresses_are_explained(one: Window, other: Window) -> None:
    one.start()
    other.start()
    other.receive(_masked(one.connect()))
    other.trouble("all its addresses are masked")
    one.receive(other.sent())
    one.connected()


def _masked(sdp: str) -> str:
    lines = [line.split(" ") for line in sdp.splitlines()]
    for words in lines:
        if words[0].startswith("a=candidate:"):
            words[4] = "192.168.xxx.xxx"
    return "".join(" ".join(words) + "\r\n" for words in lines)
