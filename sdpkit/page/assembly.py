"""The page as one file, with its style, its words and its program in it."""

import json
from importlib.resources import files
from typing import Any

from sdpkit.reception import Trouble

_SCRIPTS = ("words.js", "reading.js", "inspector.js", "peer.js", "main.js")


def assemble(api: dict[str, str] | None, nonce: str | None = None) -> str:
    """The page. `api` says where sdpkit can be asked (`base` and `token`); without it the page works by itself."""
    scripts = "\n".join(_part(name).replace('"use strict";\n', "") for name in _SCRIPTS)
    filled = {
        "/*STYLE*/": _part("page.css"),
        "/*WORDS*/": _script_json(_words()),
        "/*API*/": _script_json(api),
        "/*SCRIPT*/": scripts,
    }
    page = _part("page.html")
    for place, text in filled.items():
        page = page.replace(place, text)
    if nonce is not None:
        page = page.replace("<script>", f'<script nonce="{nonce}">').replace("<style>", f'<style nonce="{nonce}">')
    return page


def _part(name: str) -> str:
    return (files("sdpkit.page") / name).read_text(encoding="utf-8")


def _words() -> dict[str, tuple[str, str]]:
    """All that the page says, in English and Japanese; with what sdpkit says of descriptions."""
    own: dict[str, tuple[str, str]] = json.loads(_part("words.json"))
    return own | {f"reception.{trouble.name}": (trouble.english, trouble.japanese) for trouble in Trouble}


def _script_json(value: Any) -> str:
    """JSON that is safe inside a script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
