"""The words that may stand in one place of a line, and what each means there. To add a word, add it to its table."""

from collections.abc import Iterator
from typing import NamedTuple

from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import Words, plain


class Values(NamedTuple):
    """The words of one place.

    `place` says where that is, in words, `parts` as `sdpkit.explanation.lines` names it: the attribute or type letter,
    or `*` where the words mean the same everywhere, and the part.
    """

    place: Words
    parts: tuple[str, ...]
    reference: str
    words: dict[str, Words]


_SETUP = {
    "active": Words(
        "the writer opens the connection: with DTLS it is the client and sends the ClientHello",
        "記述を書いた側が接続を開きます。DTLS ではクライアントになり、ClientHello を送ります。",
    ),
    "passive": Words(
        "the writer waits for the connection: with DTLS it is the server",
        "記述を書いた側は接続を待ちます。DTLS ではサーバーになります。",
    ),
    "actpass": Words(
        "the writer can do both, and the answer chooses: what every WebRTC offer says, and no answer may say",
        "どちらの役割もでき、answer が選びます。WebRTC の offer は必ずこの値で、answer では使えません。",
    ),
    "holdconn": Words(
        "no connection is to be opened for now; not for DTLS",
        "今は接続を開きません。DTLS では使えません。",
    ),
}
_TYPES = {
    "host": Words(
        "an address of the machine itself: reached from the same network, or from anywhere if it is public",
        "端末自身のアドレスです。同じネットワークから、グローバルアドレスならどこからでも届きます。",
    ),
    "srflx": Words(
        "server reflexive: the public address of the NAT, as a STUN server saw it",
        "サーバーリフレクシブ。STUN サーバーから見えた、NAT の外側のアドレスです。",
    ),
    "prflx": Words(
        "peer reflexive: an address that was first seen in a connectivity check of the peer;"
        " never signalled beforehand",
        "ピアリフレクシブ。相手の接続確認ではじめて分かったアドレスで、前もって SDP で送られることはありません。",
    ),
    "relay": Words(
        "an address on a TURN server, which passes everything on: works almost anywhere, but is the long way round",
        "TURN サーバー上のアドレスで、すべて中継されます。ほぼどこでもつながりますが、遠回りになります。",
    ),
}
_TCP_TYPES = {
    "active": Words(
        "opens TCP connections and accepts none; its port is always 9",
        "TCP 接続を開く側で、受け付けません。ポートは必ず 9 です。",
    ),
    "passive": Words("accepts TCP connections and opens none", "TCP 接続を受け付ける側で、開きません。"),
    "so": Words("simultaneous open: both sides open the TCP connection at once", "両側から同時に TCP 接続を開きます。"),
}
_TRANSPORTS = {
    "udp": Words("over UDP, as nearly all media", "UDP です。メディアはほとんど UDP で送ります。"),
    "tcp": Words("over TCP, for networks that block UDP", "TCP です。UDP が通らないネットワークのためのものです。"),
    "ssltcp": Words(
        "libwebrtc: TCP that begins like SSL, to pass old firewalls",
        "libwebrtc 独自。古いファイアウォールを通るため、SSL に見せかけた TCP です。",
    ),
    "tls": Words("libwebrtc: over TLS", "libwebrtc 独自。TLS です。"),
}
_CONNECTIONS = {
    "new": Words("a fresh connection is to be opened", "新しい接続を開きます。"),
    "existing": Words("the connection that is there is to be kept", "今ある接続を使い続けます。"),
}
_RID_DIRECTIONS = {
    "send": Words("the writer sends it", "記述を書いた側が送ります。"),
    "recv": Words("the writer receives it", "記述を書いた側が受け取ります。"),
}
_GROUPS = {
    "BUNDLE": Words(
        "the m-sections share one transport: one port, one ICE run, one DTLS connection (RFC 9143)",
        "複数の m セクションが一つのトランスポート (ポート、ICE、DTLS) を共用します (RFC 9143)。",
    ),
    "LS": Words(
        "lip synchronisation: the receiver plays these m-sections in time with each other (RFC 5888)",
        "リップシンク。受信側はこれらの m セクションを同期して再生します (RFC 5888)。",
    ),
    "FID": Words(
        "flow identification: these m-sections carry the same flow in different forms (RFC 5888)",
        "同じフローを別の形式で運ぶ m セクションです (RFC 5888)。",
    ),
    "SRF": Words("media that one resource reservation is for (RFC 3524)", "一つの帯域予約を共用します (RFC 3524)。"),
    "ANAT": Words(
        "the same media over IPv4 or IPv6, of which one is chosen; ICE does that now (RFC 4091)",
        "IPv4 か IPv6 のどちらかを選ぶための組です。今は ICE がその役割をします (RFC 4091)。",
    ),
    "FEC": Words(
        "error correction and what it protects; the older form of FEC-FR (RFC 4756)",
        "誤り訂正とその対象です。FEC-FR の古い形です (RFC 4756)。",
    ),
    "FEC-FR": Words(
        "an m-section and the one that repairs it by error correction (RFC 5956)",
        "m セクションと、それを誤り訂正で補う m セクションです (RFC 5956)。",
    ),
    "CS": Words("sessions of file delivery that make up one whole", "一体となった複数のファイル配信セッションです。"),
    "DDP": Words("layers that need each other to be decoded (RFC 5583)", "復号に互いが必要なレイヤーです (RFC 5583)。"),
    "DUP": Words(
        "the same media sent twice, against loss, as ST 2022-7 does (RFC 7104)",
        "損失に備えて同じメディアを二重に送ります。ST 2022-7 で使います (RFC 7104)。",
    ),
}
_SSRC_GROUPS = {
    "FID": Words(
        "a stream and the one that retransmits it (rtx)",
        "元のストリームと、その再送 (rtx) のストリームです。",
    ),
    "SIM": Words(
        "simulcast layers, lowest first: what browsers wrote before a=simulcast",
        "サイマルキャストの各レイヤーです。a=simulcast より前の書き方です。",
    ),
    "FEC": Words("a stream and its error correction; older form", "ストリームとその誤り訂正です。古い形です。"),
    "FEC-FR": Words("a stream and its error correction (flexfec)", "ストリームとその誤り訂正 (flexfec) です。"),
    "DUP": Words("a stream and its duplicate (RFC 7104)", "ストリームとその複製です (RFC 7104)。"),
}
_SOURCE_ATTRIBUTES = {
    "cname": Words(
        "a name for the sender that stays when SSRCs change: streams with the same cname are played in sync",
        "SSRC が変わっても変わらない送信者の名前です。同じ cname のストリームは同期して再生されます。",
    ),
    "msid": Words(
        "MediaStream and track of this source; a=msid says it now",
        "このソースの MediaStream とトラックです。今は a=msid で書きます。",
    ),
    "mslabel": Words("the id of the MediaStream, before msid", "MediaStream の ID です。msid より前の書き方です。"),
    "label": Words("the id of the track, before msid", "トラックの ID です。msid より前の書き方です。"),
    "previous-ssrc": Words("the SSRC that this one takes the place of", "これに置き換えられる前の SSRC です。"),
    "fmtp": Words("format parameters of this source alone", "このソースだけのフォーマットパラメーターです。"),
}
_ICE_OPTIONS = {
    "trickle": Words(
        "candidates may come one by one after the description (RFC 8838)",
        "候補を SDP の後から一つずつ送れます (RFC 8838)。",
    ),
    "ice2": Words("ICE as in RFC 8445, not the older RFC 5245", "RFC 5245 ではなく RFC 8445 の ICE です。"),
    "renomination": Words(
        "libwebrtc: the controlling side may change the chosen pair at any time",
        "libwebrtc 独自。controlling 側は選んだペアをいつでも変えられます。",
    ),
    "rtp+ecn": Words("congestion is marked by ECN (RFC 6679)", "輻輳を ECN で知らせます (RFC 6679)。"),
    "google-ice": Words(
        "Google's ICE before the standard; long gone", "標準化前の Google 版 ICE です。もう使われません。"
    ),
}
_FEEDBACK = {
    "nack": Words(
        "generic NACK: the receiver lists lost packets, to have them sent again",
        "汎用 NACK。失われたパケットを知らせ、再送してもらいます。",
    ),
    "nack pli": Words(
        "picture loss indication: the receiver has lost the picture and needs a key frame",
        "PLI。受信側が画像を失い、キーフレームを求めます。",
    ),
    "nack sli": Words(
        "slice loss indication: parts of a picture are lost", "SLI。画像の一部が失われたことを知らせます。"
    ),
    "nack rpsi": Words(
        "reference picture selection: which older picture the receiver still has",
        "RPSI。受信側に残っている参照画像を知らせます (損失時)。",
    ),
    "ack rpsi": Words(
        "reference picture selection: which picture has arrived", "RPSI。届いた参照画像を知らせます (肯定応答)。"
    ),
    "ack ccfb": Words(
        "congestion control feedback: when each packet arrived (RFC 8888)",
        "各パケットの到着時刻を知らせる輻輳制御フィードバックです (RFC 8888)。",
    ),
    "ccm fir": Words(
        "full intra request: the sender must send a key frame, as for someone who has just joined",
        "FIR。新しい参加者のためなどに、キーフレームの送信を求めます。",
    ),
    "ccm tmmbr": Words(
        "temporary maximum media stream bit rate: the receiver sets a limit",
        "TMMBR。受信側が一時的な最大ビットレートを指定します。",
    ),
    "ccm tstr": Words(
        "temporal-spatial trade-off request: rather smooth or rather sharp",
        "TSTR。動きと画質のどちらを優先するか伝えます。",
    ),
    "ccm vbcm": Words("video back channel message of H.271", "H.271 のビデオバックチャネルメッセージです。"),
    "ccm pause": Words(
        "streams may be paused and resumed (RFC 7728)", "ストリームを一時停止・再開できます (RFC 7728)。"
    ),
    "goog-remb": Words(
        "receiver estimated maximum bit rate:"
        " the receiver tells how much it thinks the network carries; libwebrtc's own,"
        " replaced by transport-cc",
        "REMB。受信側が推定した最大ビットレートを伝えます。libwebrtc 独自で、今は transport-cc が使われます。",
    ),
    "transport-cc": Words(
        "transport-wide congestion control: the receiver reports when each packet arrived, and the sender estimates the"
        " bandwidth",
        "受信側が各パケットの到着時刻を報告し、送信側が帯域を推定します。",
    ),
    "trr-int": Words(
        "least time between two regular RTCP reports, in milliseconds", "通常の RTCP レポートの最小間隔 (ミリ秒) です。"
    ),
}
_PROTOCOLS = {
    "RTP/AVP": Words("RTP without encryption", "暗号化なしの RTP です。"),
    "RTP/AVPF": Words("RTP without encryption, with RTCP feedback", "暗号化なし、RTCP フィードバック付きの RTP です。"),
    "RTP/SAVP": Words("encrypted RTP (SRTP), keys by a=crypto", "SRTP です。鍵は a=crypto で渡します。"),
    "RTP/SAVPF": Words(
        "encrypted RTP (SRTP) with RTCP feedback; browsers wrote it for DTLS-SRTP too",
        "RTCP フィードバック付きの SRTP です。以前のブラウザは DTLS-SRTP でもこう書きました。",
    ),
    "UDP/TLS/RTP/SAVP": Words(
        "encrypted RTP over UDP, keys by DTLS-SRTP (RFC 5764)",
        "UDP 上の SRTP です。鍵は DTLS-SRTP で作ります (RFC 5764)。",
    ),
    "UDP/TLS/RTP/SAVPF": Words(
        "encrypted RTP over UDP, keys by DTLS-SRTP, with RTCP feedback: what WebRTC uses (RFC 5764)",
        "WebRTC で使う形です。UDP 上の SRTP で、鍵は DTLS-SRTP で作り、RTCP フィードバックが付きます (RFC 5764)。",
    ),
    "TCP/DTLS/RTP/SAVPF": Words(
        "the same as UDP/TLS/RTP/SAVPF over TCP (RFC 7850)", "UDP/TLS/RTP/SAVPF を TCP で行うものです (RFC 7850)。"
    ),
    "TCP/TLS/RTP/SAVPF": Words("encrypted RTP over TLS (RFC 7850)", "TLS 上の SRTP です (RFC 7850)。"),
    "RTP/AVP/TCP": Words("RTP within the RTSP connection (RFC 2326)", "RTSP の接続に多重化した RTP です (RFC 2326)。"),
    "TCP/RTP/AVP": Words("RTP over a TCP connection (RFC 4571)", "TCP 接続上の RTP です (RFC 4571)。"),
    "UDP/DTLS/SCTP": Words(
        "data channels: SCTP inside DTLS over UDP (RFC 8841)",
        "データチャネルです。UDP 上の DTLS の中で SCTP を使います (RFC 8841)。",
    ),
    "TCP/DTLS/SCTP": Words("data channels over TCP (RFC 8841)", "TCP 上のデータチャネルです (RFC 8841)。"),
    "DTLS/SCTP": Words(
        "data channels as browsers wrote them before UDP/DTLS/SCTP",
        "データチャネルの古い書き方です。今は UDP/DTLS/SCTP です。",
    ),
    "udptl": Words("fax: T.38 packets over UDP", "FAX です。UDP 上の T.38 パケットです。"),
    "udp": Words("anything over UDP", "UDP 上の任意のデータです。"),
    "TCP": Words("anything over TCP (RFC 4145)", "TCP 上の任意のデータです (RFC 4145)。"),
    "TCP/MSRP": Words("text messages and files over TCP (RFC 4975)", "TCP 上のメッセージやファイルです (RFC 4975)。"),
    "TCP/TLS/MSRP": Words(
        "text messages and files over TLS (RFC 4975)", "TLS 上のメッセージやファイルです (RFC 4975)。"
    ),
    "TCP/BFCP": Words("floor control over TCP (RFC 8856)", "TCP 上の発言権制御です (RFC 8856)。"),
    "UDP/BFCP": Words("floor control over UDP (RFC 8856)", "UDP 上の発言権制御です (RFC 8856)。"),
    "TCP/TLS/BFCP": Words("floor control over TLS (RFC 8856)", "TLS 上の発言権制御です (RFC 8856)。"),
    "UDP/TLS/BFCP": Words("floor control over DTLS (RFC 8856)", "DTLS 上の発言権制御です (RFC 8856)。"),
    "TCP/MRCPv2": Words("speech servers over TCP (RFC 6787)", "TCP で音声サーバーを制御します (RFC 6787)。"),
    "TCP/TLS/MRCPv2": Words("speech servers over TLS (RFC 6787)", "TLS で音声サーバーを制御します (RFC 6787)。"),
}
_MEDIA = {
    "audio": Words("sound", "音声です。"),
    "video": Words("pictures", "映像です。"),
    "text": Words("text as it is typed", "リアルタイムテキストです。"),
    "application": Words(
        "anything else; in WebRTC the data channels",
        "その他のデータです。WebRTC ではデータチャネルです。",
    ),
    "message": Words("messages and files (MSRP)", "メッセージやファイルです (MSRP)。"),
    "image": Words("still pictures; in telephony fax (T.38)", "静止画です。電話では FAX (T.38) です。"),
}
_NETWORK_TYPES = {"IN": Words("the Internet", "インターネットです。")}
_ADDRESS_TYPES = {"IP4": plain("IPv4"), "IP6": plain("IPv6")}
_BANDWIDTHS = {
    "AS": Words(
        "application specific: kbit/s of this media, with all packet headers",
        "このメディアの帯域 (kbit/s)。パケットヘッダーを含みます。",
    ),
    "CT": Words("conference total: kbit/s of the whole session", "セッション全体の帯域 (kbit/s) です。"),
    "TIAS": Words(
        "bit/s of this media, without transport headers (RFC 3890)",
        "このメディアの帯域 (bit/s)。トランスポートのヘッダーを含みません (RFC 3890)。",
    ),
    "RS": Words("bit/s for RTCP of senders (RFC 3556)", "送信者の RTCP に使う帯域 (bit/s) です (RFC 3556)。"),
    "RR": Words("bit/s for RTCP of receivers (RFC 3556)", "受信者の RTCP に使う帯域 (bit/s) です (RFC 3556)。"),
}
_HASHES = {
    "sha-1": Words("20 bytes; too weak by now", "20 バイト。今では弱い方式です。"),
    "sha-224": Words("28 bytes", "28 バイトです。"),
    "sha-256": Words("32 bytes; what WebRTC uses", "32 バイト。WebRTC で使われます。"),
    "sha-384": Words("48 bytes", "48 バイトです。"),
    "sha-512": Words("64 bytes", "64 バイトです。"),
    "md5": Words("16 bytes; broken, and forbidden", "16 バイト。破られており、使用禁止です。"),
    "md2": Words("16 bytes; broken, and forbidden", "16 バイト。破られており、使用禁止です。"),
}
_SUITES = {
    "AES_CM_128_HMAC_SHA1_80": Words(
        "AES counter mode, 128 bit; 80-bit authentication tag: the usual one",
        "AES カウンターモード 128 ビット、認証タグ 80 ビット。最もよく使われます。",
    ),
    "AES_CM_128_HMAC_SHA1_32": Words(
        "AES counter mode, 128 bit; 32-bit authentication tag, for narrow links",
        "AES カウンターモード 128 ビット、認証タグ 32 ビット。狭い帯域用です。",
    ),
    "F8_128_HMAC_SHA1_80": Words(
        "AES f8 mode, 128 bit; 80-bit tag", "AES f8 モード 128 ビット、認証タグ 80 ビットです。"
    ),
    "AES_192_CM_HMAC_SHA1_80": Words(
        "AES counter mode, 192 bit; 80-bit tag (RFC 6188)",
        "AES カウンターモード 192 ビット、認証タグ 80 ビットです (RFC 6188)。",
    ),
    "AES_256_CM_HMAC_SHA1_80": Words(
        "AES counter mode, 256 bit; 80-bit tag (RFC 6188)",
        "AES カウンターモード 256 ビット、認証タグ 80 ビットです (RFC 6188)。",
    ),
    "AES_256_CM_HMAC_SHA1_32": Words(
        "AES counter mode, 256 bit; 32-bit tag (RFC 6188)",
        "AES カウンターモード 256 ビット、認証タグ 32 ビットです (RFC 6188)。",
    ),
    "AEAD_AES_128_GCM": Words("AES-GCM, 128 bit (RFC 7714)", "AES-GCM 128 ビットです (RFC 7714)。"),
    "AEAD_AES_256_GCM": Words("AES-GCM, 256 bit (RFC 7714)", "AES-GCM 256 ビットです (RFC 7714)。"),
}
_SEMANTICS = {"WMS": Words("WebRTC MediaStreams", "WebRTC の MediaStream です。")}
_RESTRICTIONS = {
    "pt": Words("payload types it may use", "使えるペイロードタイプです。"),
    "max-width": Words("widest picture, in pixels", "画像の最大の幅 (ピクセル) です。"),
    "max-height": Words("highest picture, in pixels", "画像の最大の高さ (ピクセル) です。"),
    "max-fps": Words("most pictures a second", "1 秒あたりの最大の画像数です。"),
    "max-fs": Words("largest picture, in pixels all told", "画像の最大の総ピクセル数です。"),
    "max-br": Words("highest bit rate, in bit/s", "最大ビットレート (bit/s) です。"),
    "max-pps": Words("most pixels a second", "1 秒あたりの最大ピクセル数です。"),
    "max-bpp": Words("most bits per pixel", "1 ピクセルあたりの最大ビット数です。"),
    "depend": Words("rids that it cannot be decoded without", "復号に必要な他の rid です。"),
}
_CONTENTS = {
    "slides": Words("a presentation", "プレゼンテーションの画面です。"),
    "speaker": Words("the person who speaks", "話している人です。"),
    "sl": Words("sign language", "手話です。"),
    "main": Words("the main picture or sound", "主となる映像や音声です。"),
    "alt": Words("a second view of the same", "同じ内容の別の映像や音声です。"),
}
_FLOOR_ROLES = {
    "c-only": Words("only floor control client", "発言権制御のクライアントだけになれます。"),
    "s-only": Words("only floor control server", "発言権制御のサーバーだけになれます。"),
    "c-s": Words("floor control client or server", "発言権制御のクライアントにもサーバーにもなれます。"),
}
_CONFERENCES = {
    "broadcast": Words("one sends, the others watch", "一方向の放送です。"),
    "meeting": Words("all may send", "全員が送信できる会議です。"),
    "moderated": Words("someone decides who sends", "司会者が発言者を決める会議です。"),
    "test": Words("only a test: not to be shown to users", "テスト用です。利用者には見せません。"),
    "H332": Words("a large H.323 conference", "大規模な H.323 会議です。"),
}
_FILTERS = {
    "incl": Words("only packets from these sources are accepted", "これらの送信元のパケットだけを受け入れます。"),
    "excl": Words("packets from these sources are refused", "これらの送信元のパケットを拒否します。"),
}
_CLOCKS = {
    "ntp": Words("time from an NTP server", "NTP サーバーの時刻です。"),
    "ptp": Words(
        "precision time protocol, as studios use it: version, grandmaster clock, domain",
        "放送設備で使う PTP です。バージョン、グランドマスター、ドメインが続きます。",
    ),
    "gps": Words("time from GPS satellites", "GPS 衛星の時刻です。"),
    "gal": Words("time from Galileo satellites", "Galileo 衛星の時刻です。"),
    "glonass": Words("time from GLONASS satellites", "GLONASS 衛星の時刻です。"),
    "local": Words("the sender's own clock", "送信側自身の時計です。"),
    "private": Words("a clock known to those it concerns", "当事者だけが知る時計です。"),
    "localmac": Words(
        "the sender's own clock, named by its MAC address (ST 2110-10)",
        "MAC アドレスで示した送信側自身の時計です (ST 2110-10)。",
    ),
}
_MEDIA_CLOCKS = {
    "direct": Words(
        "RTP timestamps follow the reference clock, with this offset",
        "RTP タイムスタンプは基準時計に従い、値はそのオフセットです。",
    ),
    "sender": Words("the sender's own media clock", "送信側自身のメディアクロックです。"),
    "IEEE1722": Words("the clock of an AVB stream (IEEE 1722)", "AVB ストリームの時計です (IEEE 1722)。"),
}
_LOOPBACKS = {
    "rtp-pkt-loopback": Words("whole packets come back", "パケットをそのまま送り返します。"),
    "rtp-media-loopback": Words(
        "media is decoded, encoded and sent back", "メディアを復号し、符号化し直して送り返します。"
    ),
}
_FAX_CORRECTIONS = {
    "t38UDPRedundancy": Words("each packet repeats the ones before", "各パケットに前のパケットの複製を入れます。"),
    "t38UDPFEC": Words("parity packets", "パリティーで誤り訂正をします。"),
    "t38UDPNoEC": Words("none", "誤り訂正をしません。"),
}
_FAX_RATES = {
    "transferredTCF": Words("modem training goes from end to end", "トレーニング信号を端から端まで通します。"),
    "localTCF": Words("each gateway trains its own modem", "各ゲートウェイが自分のモデムをトレーニングします。"),
}
_KEY_METHODS = {
    "prompt": Words("the user is asked for the key", "鍵は利用者に尋ねます。"),
    "clear": Words("the key as it is", "鍵をそのまま書きます。"),
    "base64": Words("the key in base64", "鍵を base64 で書きます。"),
    "uri": Words("where the key is to be had", "鍵を得る場所の URI です。"),
}
_FORMATS = {
    "webrtc-datachannel": Words("the data channels of WebRTC (RFC 8831)", "WebRTC のデータチャネルです (RFC 8831)。"),
    "t38": Words("fax (T.38)", "FAX (T.38) です。"),
    "*": Words("nothing that needs a name", "フォーマット名を必要としません。"),
}
_STREAMS = {"-": Words("no MediaStream", "MediaStream に属しません。")}
_RECORDINGS = {
    "on": Words("is recorded", "録音・録画しています。"),
    "off": Words("is not recorded", "録音・録画していません。"),
    "paused": Words("recording is paused", "録音・録画を一時停止しています。"),
}
_STRENGTHS = {
    "mandatory": Words("the call waits for it", "満たされるまで呼は進みません。"),
    "optional": Words("wanted, but not waited for", "望ましいものの、待ちません。"),
    "none": Words("nothing is wanted", "何も求めません。"),
    "failure": Words("the precondition has failed", "条件は満たせませんでした。"),
    "unknown": Words("the precondition is not understood", "理解できない条件です。"),
}
_STATUSES = {
    "e2e": Words("from end to end", "端から端までの状態です。"),
    "local": Words("in the writer's own network", "記述を書いた側のネットワークの状態です。"),
    "remote": Words("in the peer's network", "相手側のネットワークの状態です。"),
}


def _attribute(name: str) -> Words:
    return Words(f"value of a={name}", f"a={name} の値")


VALUES = (
    Values(Words("type of candidate", "候補の種類"), ("candidate/type",), "RFC 8445 §4", _TYPES),
    Values(_attribute("setup"), ("setup/value",), "RFC 4145 §4", _SETUP),
    Values(_attribute("connection"), ("connection/value",), "RFC 4145 §5", _CONNECTIONS),
    Values(Words("tcptype of a candidate", "候補の tcptype"), ("candidate/tcptype",), "RFC 6544 §4.5", _TCP_TYPES),
    Values(
        Words("transport of a candidate", "候補のトランスポート"),
        ("candidate/transport",),
        "RFC 8839 §5.1",
        _TRANSPORTS,
    ),
    Values(Words("kind of media of an m= line", "m= 行のメディアの種類"), ("*/media",), "RFC 8866 §5.14", _MEDIA),
    Values(
        Words("protocol of an m= line", "m= 行のプロトコル"),
        ("m/protocol", "cdsc/protocol", "X-cap/protocol"),
        "RFC 8866 §5.14",
        _PROTOCOLS,
    ),
    Values(Words("format of an m= line", "m= 行のフォーマット"), ("m/format",), "RFC 8866 §5.14", _FORMATS),
    Values(
        Words("kind of bandwidth of a b= line", "b= 行の帯域の種類"),
        ("b/type", "bcap/type"),
        "RFC 8866 §5.8",
        _BANDWIDTHS,
    ),
    Values(Words("network type", "ネットワークの種類"), ("*/network type",), "RFC 8866 §5.7", _NETWORK_TYPES),
    Values(Words("address type", "アドレスの種類"), ("*/address type",), "RFC 8866 §5.7", _ADDRESS_TYPES),
    Values(_attribute("ice-options"), ("ice-options/value",), "RFC 8839 §5.6", _ICE_OPTIONS),
    Values(_attribute("group"), ("group/semantics",), "RFC 5888 §5", _GROUPS),
    Values(_attribute("ssrc-group"), ("ssrc-group/semantics",), "RFC 5576 §4.2", _SSRC_GROUPS),
    Values(_attribute("ssrc"), ("ssrc/attribute",), "RFC 5576 §6", _SOURCE_ATTRIBUTES),
    Values(_attribute("rtcp-fb"), ("rtcp-fb/message",), "RFC 4585 §4.2, RFC 5104 §7.1", _FEEDBACK),
    Values(_attribute("fingerprint"), ("fingerprint/hash function",), "RFC 8122 §5", _HASHES),
    Values(_attribute("crypto"), ("crypto/suite",), "RFC 4568 §6.2", _SUITES),
    Values(_attribute("msid-semantic"), ("msid-semantic/semantic",), "draft-ietf-mmusic-msid-08", _SEMANTICS),
    Values(_attribute("msid"), ("msid/stream",), "RFC 8830 §2", _STREAMS),
    Values(
        Words("direction of a=rid and a=simulcast", "a=rid と a=simulcast の方向"),
        ("rid/direction",),
        "RFC 8851 §4",
        _RID_DIRECTIONS,
    ),
    Values(Words("restriction of a=rid", "a=rid の制限"), ("rid/restriction",), "RFC 8851 §5", _RESTRICTIONS),
    Values(_attribute("content"), ("content/value",), "RFC 4796 §5", _CONTENTS),
    Values(_attribute("floorctrl"), ("floorctrl/value",), "RFC 8856 §5.1", _FLOOR_ROLES),
    Values(_attribute("type"), ("type/value",), "RFC 8866 §6.9", _CONFERENCES),
    Values(_attribute("source-filter"), ("source-filter/filter mode",), "RFC 4570 §3", _FILTERS),
    Values(_attribute("ts-refclk"), ("ts-refclk/clock source",), "RFC 7273 §4.8", _CLOCKS),
    Values(_attribute("mediaclk"), ("mediaclk/media clock",), "RFC 7273 §5.4", _MEDIA_CLOCKS),
    Values(_attribute("loopback"), ("loopback/value",), "RFC 6849 §4.1", _LOOPBACKS),
    Values(_attribute("T38FaxUdpEC"), ("T38FaxUdpEC/value",), "ITU-T T.38 Annex D", _FAX_CORRECTIONS),
    Values(_attribute("T38FaxRateManagement"), ("T38FaxRateManagement/value",), "ITU-T T.38 Annex D", _FAX_RATES),
    Values(Words("method of a k= line", "k= 行の方式"), ("k/method",), "RFC 8866 §5.12", _KEY_METHODS),
    Values(_attribute("record"), ("record/value",), "RFC 7866 §7.1.2", _RECORDINGS),
    Values(Words("strength of a precondition", "前提条件の強さ"), ("*/strength",), "RFC 3312 §5", _STRENGTHS),
    Values(Words("status of a precondition", "前提条件の状態"), ("*/status",), "RFC 3312 §5", _STATUSES),
)
"""All tables; where a word stands in several, the first is the likeliest to be meant."""

_BY_PART = {part: values.words for values in VALUES for part in values.parts}


def meaning(attribute: str, part: str, value: str) -> Words | None:
    """What a word means in a part of an attribute or other line; None when nothing is known of it."""
    words = _BY_PART.get(f"{attribute}/{part}") or _BY_PART.get(f"*/{part}") or {}
    return words.get(value)


def possible(attribute: str) -> Iterator[Part]:
    """The words that may stand in an attribute or other line, when those are known."""
    for place, words in _BY_PART.items():
        line, _, part = place.partition("/")
        if line == attribute:
            yield from (Part(part, word, meaning) for word, meaning in words.items())


def read(text: str) -> Iterator[Draft]:
    """A word that may stand in some place of a line; upper and lower case are the same."""
    for table in VALUES:
        for word, words in table.words.items():
            if word.lower() == text.lower():
                yield Draft(table.place, plain(word), words, (), table.reference, _line_of(table))


def _line_of(table: Values) -> tuple[str, ...]:
    """The attribute or type of line that the words stand in, where it is one."""
    name = table.parts[0].partition("/")[0]
    return () if name == "*" else (f"{name}=",) if len(name) == 1 else (name,)
