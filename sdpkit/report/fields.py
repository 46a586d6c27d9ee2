"""Single values of a result, bare, for scripts."""

import json
from typing import Any

from sdpkit.report.escaping import escape, escape_json


def bare_values(data: Any, path: str) -> list[str]:
    """The values at a path such as `ice.ufrag`, `sections.0.mid`, or `sections.mid` for that of every section.

    `data` is plain data: dicts, lists and scalars. What is not there (null) gives nothing; an object is written as
    JSON. Raises LookupError, which says what there is, for a path that leads nowhere.

    >>> bare_values({"sections": [{"mid": "0"}, {"mid": "1"}, {"mid": None}]}, "sections.mid")
    ['0', '1']
    """
    found = _follow(data, path.split("."))
    flat = [item for value in found for item in (value if isinstance(value, list | tuple) else [value])]
    return [_bare(value) for value in flat if value is not None]


def _follow(data: Any, names: list[str]) -> list[Any]:
    """What a path leads to; from a list it leads on from every item, or from the one that is named by its index."""
    if not names or data is None:
        return [data]
    name = names[0]
    if isinstance(data, list | tuple):
        if name in map(str, range(len(data))):
            return _follow(data[int(name)], names[1:])
        if name.isdecimal():
            raise LookupError(f"there is no item {name}; there are {len(data)}, from 0")
        return [value for item in data for value in _follow(item, names)]
    if isinstance(data, dict) and name in data:
        return _follow(data[name], names[1:])
    known = ", ".join(data) if isinstance(data, dict) else "nothing"
    raise LookupError(f'there is no field "{name}"; there is: {known}')


def _bare(value: Any) -> str:
    return escape(value) if isinstance(value, str) else escape_json(json.dumps(value, ensure_ascii=False))
