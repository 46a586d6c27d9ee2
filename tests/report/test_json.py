"""The JSON documents against the schemas that are shipped."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit import parse
from sdpkit.inspection import inspect_description
from sdpkit.report.json import KINDS, document, schema
from sdpkit.strategies import broken_texts

ROOT = Path(__file__).parents[2]
SCHEMAS = {kind: ROOT / "sdpkit" / "schemas" / f"{kind}.json" for kind in KINDS}
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema("inspect")))


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_schema_is_that_of_the_types(kind: str) -> None:
    made = f"from sdpkit.report.json import schema; print(schema('{kind}'), end='')"
    assert SCHEMAS[kind].read_text(encoding="utf-8") == schema(kind), f'make it anew: python -c "{made}"'


@pytest.mark.parametrize("show_secrets", [False, True])
def test_every_fixture_fits_the_schema(show_secrets: bool) -> None:
    for path in sorted((ROOT / "fixtures").glob("*/*")):
        inspection = inspect_description(parse(path.read_bytes()), show_secrets=show_secrets)
        VALIDATOR.validate(json.loads(document("inspect", path.name, inspection)))


@given(st.one_of(broken_texts(), st.text()))
def test_any_text_fits_the_schema_and_is_safe_to_show(text: str) -> None:
    line = document("inspect", "-", inspect_description(parse(text)))
    VALIDATOR.validate(json.loads(line))
    assert line.isprintable() or line == line.rstrip("\n") + "\n"
