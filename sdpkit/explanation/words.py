"""What is said, in each language that sdpkit explains in."""

import enum
from collections.abc import Iterable

import msgspec


class Language(enum.StrEnum):
    """The languages of explanations."""

    EN = "en"
    JA = "ja"


class Words(msgspec.Struct, frozen=True):
    """The same words in English and in Japanese. False when there are none."""

    en: str
    ja: str

    def __bool__(self) -> bool:
        return bool(self.en)

    def fill(self, **values: "Words | str | int") -> "Words":
        """The words with each name in braces replaced by its value.

        >>> Words("port {port}", "ポート {port}").fill(port=9).ja
        'ポート 9'
        """
        en = {name: value.en if isinstance(value, Words) else value for name, value in values.items()}
        ja = {name: value.ja if isinstance(value, Words) else value for name, value in values.items()}
        return Words(self.en.format_map(en), self.ja.format_map(ja))

    def within(self, language: Language) -> str:
        """The words in one language."""
        return self.ja if language is Language.JA else self.en


NOTHING = Words("", "")


def plain(text: str) -> Words:
    """A name or number, which is the same in every language."""
    return Words(text, text)


def joined(words: Iterable[Words]) -> Words:
    """Clauses or sentences one after the other, without those that are empty.

    >>> joined([Words("a cable", "有線です。"), Words("no VPN", "VPN ではありません。")])
    Words(en='a cable; no VPN', ja='有線です。VPN ではありません。')
    """
    said = [each for each in words if each]
    return Words("; ".join(each.en for each in said), "".join(each.ja for each in said))
