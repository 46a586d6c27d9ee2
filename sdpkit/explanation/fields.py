"""The types of lines: what each letter means."""

from typing import NamedTuple

from sdpkit.explanation.words import Words


class Field(NamedTuple):
    """A type of line: what it is called, and what it says."""

    name: Words
    words: Words
    reference: str


FIELDS = {
    "v": Field(
        Words("protocol version", "プロトコルのバージョン"),
        Words(
            "The version of SDP: always 0. A description begins with it.",
            "SDP のバージョンで、必ず 0 です。記述の先頭に書きます。",
        ),
        "RFC 8866 §5.1",
    ),
    "o": Field(
        Words("origin", "作成元"),
        Words(
            "Who made the session, and which version of its description this is.",
            "セッションを作った側と、この記述のバージョンを示します。",
        ),
        "RFC 8866 §5.2",
    ),
    "s": Field(
        Words("session name", "セッション名"),
        Words('The name of the session; "-" where there is none.', "セッションの名前です。ないときは「-」と書きます。"),
        "RFC 8866 §5.3",
    ),
    "i": Field(
        Words("title", "題名"),
        Words(
            "A few words about the session or this media, for people.",
            "セッションまたはこのメディアの、人のための説明です。",
        ),
        "RFC 8866 §5.4",
    ),
    "u": Field(
        Words("URI", "URI"),
        Words("Where more about the session is to be read.", "セッションについて詳しく書かれた場所です。"),
        "RFC 8866 §5.5",
    ),
    "e": Field(
        Words("e-mail address", "メールアドレス"),
        Words("Whom to write to about the session.", "セッションの責任者のメールアドレスです。"),
        "RFC 8866 §5.6",
    ),
    "p": Field(
        Words("telephone number", "電話番号"),
        Words("Whom to call about the session.", "セッションの責任者の電話番号です。"),
        "RFC 8866 §5.6",
    ),
    "c": Field(
        Words("connection data", "接続情報"),
        Words(
            "Where media is to be sent. With ICE it is only a default: candidates tell the real addresses.",
            "メディアの送り先です。ICE では既定値にすぎず、実際のアドレスは候補で示します。",
        ),
        "RFC 8866 §5.7",
    ),
    "b": Field(
        Words("bandwidth", "帯域"),
        Words("How much bandwidth the writer wants to receive.", "この側が受け取りたい帯域の上限です。"),
        "RFC 8866 §5.8",
    ),
    "t": Field(
        Words("time", "時刻"),
        Words(
            "When the session starts and stops; 0 0 in calls, which have no fixed times.",
            "セッションの開始と終了の時刻です。通話のように決まっていないときは 0 0 です。",
        ),
        "RFC 8866 §5.9",
    ),
    "r": Field(
        Words("repeat times", "繰り返し"),
        Words(
            "The session comes again: interval, duration, offsets.",
            "セッションの繰り返しで、間隔、長さ、ずれを書きます。",
        ),
        "RFC 8866 §5.10",
    ),
    "z": Field(
        Words("time zones", "時差"),
        Words("When the clock is put forward or back.", "夏時間などで時計をずらす時点です。"),
        "RFC 8866 §5.11",
    ),
    "k": Field(
        Words("encryption key", "暗号鍵"),
        Words(
            "A key in the clear: obsolete, and not to be used.",
            "鍵をそのまま書きます。廃止されており、使ってはいけません。",
        ),
        "RFC 8866 §5.12",
    ),
    "y": Field(
        Words("SSRC of GB28181", "GB28181 の SSRC"),
        Words(
            "The SSRC of the stream in ten digits, as cameras of GB/T 28181 write it; not SDP.",
            "GB/T 28181 のカメラが書く、10 桁のストリームの SSRC です。SDP の行ではありません。",
        ),
        "GB/T 28181",
    ),
    "f": Field(
        Words("media of GB28181", "GB28181 のメディア"),
        Words(
            "Codec, size and bit rate, as cameras of GB/T 28181 write them; not SDP.",
            "GB/T 28181 のカメラが書く、コーデック、画像の大きさ、ビットレートです。SDP の行ではありません。",
        ),
        "GB/T 28181",
    ),
    "a": Field(
        Words("attribute", "属性"),
        Words(
            "Anything else, by name: of the session before the first m= line, of one m-section behind it.",
            "名前の付いたそのほかの情報です。最初の m= 行より前なら全体、後ならその m セクションのものです。",
        ),
        "RFC 8866 §5.13",
    ),
    "m": Field(
        Words("media", "メディア"),
        Words(
            "Begins an m-section: kind of media, port, protocol,"
            " and the formats that the writer can receive, best first.",
            "m セクションの始まりです。"
            "メディアの種類、ポート、プロトコルと、受け取れるフォーマットを望ましい順に書きます。",
        ),
        "RFC 8866 §5.14",
    ),
}
"""The types of lines by their letters, those of GB28181 included."""
