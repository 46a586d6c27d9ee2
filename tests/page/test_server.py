"""The page's server answers its own page, and nobody else."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

OFFER = (Path(__file__).parents[2] / "fixtures/chromium/audio_video_data.offer.sdp").read_bytes().decode()


def asked(url: str, body: object = None, **headers: str) -> tuple[int, str]:
    """The status and the text of an answer; with a body the question is a POST."""
    data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def token(url: str) -> str:
    return urlsplit(url).path.strip("/")


def test_it_serves_on_this_machine_only(url: str) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{20,}/", url)


def test_the_page_may_use_its_own_style_and_program_only(url: str) -> None:
    with urllib.request.urlopen(url, timeout=10) as answer:
        policy, page = answer.headers["Content-Security-Policy"], answer.read().decode()
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", policy)
    assert nonce is not None
    assert f'<script nonce="{nonce[1]}">' in page
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("", {}, 200),
        ("", {"Host": "evil.example"}, 403),
        ("", {"Host": "evil.example:1"}, 403),
        ("../", {}, 404),
        ("../wrong/", {}, 404),
    ],
)
def test_the_page(url: str, path: str, headers: dict[str, str], status: int) -> None:
    base = url.rsplit("/", 2)[0] + "/"
    assert asked(url if not path else base + path.removeprefix("../"), **headers)[0] == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X_Sdpkit_Token": "{token}"}, 200),
        ({"X_Sdpkit_Token": "{token}", "Origin": "{origin}"}, 200),
        ({}, 403),
        ({"X_Sdpkit_Token": "wrong"}, 403),
        ({"X_Sdpkit_Token": "{token}", "Origin": "http://evil.example"}, 403),
        ({"X_Sdpkit_Token": "{token}", "Origin": "null"}, 403),
        ({"X_Sdpkit_Token": "{token}", "Host": "evil.example"}, 403),
    ],
)
def test_questions(url: str, headers: dict[str, str], status: int) -> None:
    filled = {
        name: value.format(token=token(url), origin=f"http://{urlsplit(url).netloc}") for name, value in headers.items()
    }
    assert asked(f"{url}read", {"text": OFFER}, **filled)[0] == status


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"text": 1}', b"{}", b'{"text": "x", "own": 5}', b'{"own": {}}'])
@pytest.mark.parametrize("what", ["read", "inspect"])
def test_wrong_questions_get_an_answer(url: str, what: str, body: bytes) -> None:
    status, text = asked(f"{url}{what}", body, X_Sdpkit_Token=token(url))
    assert status in (200, 400)
    assert "Traceback" not in text


def test_what_was_pasted_is_read_and_checked(url: str) -> None:
    own = {"type": "offer", "sdp": OFFER}
    for text, wanted, refusal in ((OFFER, "offer", None), (OFFER, "answer", "OWN"), (OFFER[:400], "offer", "CUT")):
        question = {"text": text, "wanted": wanted, "own": own if refusal == "OWN" else None}
        told = json.loads(asked(f"{url}read", question, X_Sdpkit_Token=token(url))[1])
        assert (told["refusal"] or {}).get("code") == refusal
        assert told["descriptions"][0]["type"] == "offer"


def test_a_port_that_is_taken(url: str) -> None:
    port = str(urlsplit(url).port)
    done = subprocess.run([sys.executable, "-m", "sdpkit", "page", "--port", port], capture_output=True, check=False)
    assert done.returncode == 2
    assert f"port {port} cannot be had" in done.stderr.decode()


def test_a_saved_page_is_one_file_without_a_way_to_ask(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    subprocess.run([sys.executable, "-m", "sdpkit", "page", "--save", str(file)], capture_output=True, check=True)
    page = file.read_text(encoding="utf-8")
    assert "const API = null;" in page
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "/*" not in re.sub(r'"[^"]*"', "", page.split("<style>")[0])


def test_a_page_that_cannot_be_saved(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sdpkit", "page", "--save", str(tmp_path / "no" / "page.html")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2
    assert "No such file" in done.stderr.decode()
