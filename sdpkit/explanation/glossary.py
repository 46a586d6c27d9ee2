"""Words of WebRTC, ICE and SDP that are no part of a description, or more than one part. To add one, add it here.

Attributes, values of attributes, codecs, header extensions and parameters have tables of their own.
"""

from typing import NamedTuple

from sdpkit.explanation.reading import Draft
from sdpkit.explanation.words import Words, plain


class Term(NamedTuple):
    """A term: what it means, where that is said, what else to read, and what else it is called."""

    words: Words
    reference: str = ""
    see: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


TERMS = {
    # SDP, offer and answer
    "SDP": Term(
        Words(
            "Session Description Protocol: a text that says which media, codecs and addresses a peer has."
            " Nothing in it is sent over the network by SDP itself: signalling carries it.",
            "セッション記述プロトコル。メディア、コーデック、アドレスなどを書いたテキストです。"
            "SDP 自体は通信をせず、シグナリングで相手に渡します。",
        ),
        "RFC 8866",
        ("offer", "answer", "m-section"),
        ("session description", "session description protocol"),
    ),
    "offer": Term(
        Words(
            "The first description of an exchange: what the offerer can do and wants.",
            "やり取りの最初の記述です。できることと望むことを相手に示します。",
        ),
        "RFC 3264 §5",
        ("answer", "glare"),
    ),
    "answer": Term(
        Words(
            "The description that replies to an offer: it accepts or rejects each m-section, in the same order.",
            "offer への返事の記述です。m セクションを同じ順番で一つずつ受け入れるか拒否します。",
        ),
        "RFC 3264 §6",
        ("offer",),
    ),
    "offer/answer": Term(
        Words(
            "How two peers agree: one sends an offer, the other an answer; then both know codecs, roles and addresses.",
            "合意の手順です。一方が offer を、他方が answer を送ると、コーデック、役割、アドレスが決まります。",
        ),
        "RFC 3264",
        ("offer", "answer"),
        ("offer answer", "offer/answer model"),
    ),
    "pranswer": Term(
        Words(
            "A provisional answer: it may still be replaced by another one before the final answer.",
            "暫定的な answer です。最終の answer までに置き換えられることがあります。",
        ),
        "RFC 8829 §4.1.10.1",
        ("answer",),
        ("provisional answer",),
    ),
    "rollback": Term(
        Words(
            "Takes back an offer that has been set but not yet answered.",
            "設定済みでまだ返事のない offer を取り消します。",
        ),
        "RFC 8829 §4.1.10.2",
        ("glare",),
    ),
    "glare": Term(
        Words(
            "Both peers have sent an offer at the same time; one has to take its own back.",
            "双方が同時に offer を送った状態です。片方が自分の offer を取り消します。",
        ),
        "RFC 3264 §4",
        ("rollback",),
    ),
    "renegotiation": Term(
        Words(
            "A further offer and answer in a running session, to add or change media.",
            "通信中にもう一度 offer と answer を交わし、メディアの追加や変更をします。",
        ),
        "RFC 3264 §8",
        ("o=", "ICE restart"),
        ("re-offer", "re-invite"),
    ),
    "m-section": Term(
        Words(
            "An m= line and the lines up to the next one: one kind of media, or the data channels.",
            "m= 行から次の m= 行の前までのまとまりです。一つのメディア、またはデータチャネルを表します。",
        ),
        "RFC 8866 §5.14",
        ("m=", "mid"),
        ("m-line", "m= section", "media section", "media description"),
    ),
    "JSEP": Term(
        Words(
            "JavaScript Session Establishment Protocol: how browsers make and use offers and answers.",
            "ブラウザが offer と answer を作り、扱う方法を定めた規格です。",
        ),
        "RFC 8829",
        ("offer", "munging"),
    ),
    "signaling": Term(
        Words(
            "How descriptions and candidates get to the other peer:"
            " a server, or copy and paste. WebRTC leaves it open.",
            "SDP や候補を相手に渡す手段です。サーバーでもコピー＆ペーストでもよく、WebRTC では決まっていません。",
        ),
        "RFC 8829 §3",
        ("vanilla ICE", "trickle ICE"),
        ("signalling", "hand signaling"),
    ),
    "munging": Term(
        Words(
            "Changing a description by string operations between createOffer and setLocalDescription."
            " Browsers allow less and less of it.",
            "createOffer と setLocalDescription の間で SDP の文字列を書き換えることです。"
            "ブラウザで許される範囲は狭まっています。",
        ),
        "RFC 8829 §5.4",
        ("JSEP",),
        ("sdp munging", "munge"),
    ),
    "Unified Plan": Term(
        Words(
            "One m-section for each track, as the standards have it; it replaced Plan B.",
            "トラックごとに m セクションを一つ使う、標準の書き方です。Plan B に代わりました。",
        ),
        "RFC 8829",
        ("Plan B", "transceiver"),
    ),
    "Plan B": Term(
        Words(
            "Chrome's former way: all tracks of a kind in one m-section, told apart by a=ssrc. No longer supported.",
            "Chrome の以前の書き方です。"
            "同種のトラックを一つの m セクションに入れ、a=ssrc で区別しました。今は使えません。",
        ),
        "draft-uberti-rtcweb-plan-00",
        ("Unified Plan", "ssrc"),
    ),
    "transceiver": Term(
        Words(
            "RTCRtpTransceiver: a sender and a receiver that share one m-section.",
            "RTCRtpTransceiver。送信側と受信側の組で、一つの m セクションに対応します。",
        ),
        "W3C WebRTC §5.4",
        ("mid", "sendrecv"),
        ("rtcrtptransceiver",),
    ),
    "hold": Term(
        Words(
            "Media is paused by a new offer with sendonly or inactive; old telephones wrote the address 0.0.0.0.",
            "保留です。sendonly や inactive の offer でメディアを止めます。古い電話機はアドレスを 0.0.0.0 にしました。",
        ),
        "RFC 3264 §8.4",
        ("sendonly", "inactive"),
    ),
    # ICE
    "ICE": Term(
        Words(
            "Interactive Connectivity Establishment: both peers gather addresses,"
            " try them in pairs, and use the best pair"
            " that works.",
            "双方がアドレスを集め、組み合わせて試し、つながった中で最良のペアを使う仕組みです。",
        ),
        "RFC 8445",
        ("candidate", "connectivity check", "STUN", "TURN"),
        ("interactive connectivity establishment",),
    ),
    "full agent": Term(
        Words(
            "An ICE agent that starts checks itself, as browsers do; the other kind is lite.",
            "自分から接続確認を始める ICE エージェントです。ブラウザはこれです。もう一方は lite です。",
        ),
        "RFC 8445 §2",
        ("ice-lite",),
        ("full ice", "ice full"),
    ),
    "ufrag": Term(
        Words(
            "Username fragment: both peers' ufrags together name an ICE session in its checks. In a candidate it tells"
            " which run of ICE the candidate belongs to.",
            "ユーザー名の断片です。双方の ufrag を合わせて ICE の確認相手を識別します。"
            "候補に付くと、どの ICE の回に属するかを示します。",
        ),
        "RFC 8445 §5.3",
        ("ice-ufrag", "ICE restart"),
        ("username fragment", "usernamefragment"),
    ),
    "foundation": Term(
        Words(
            "Candidates with the same foundation share type, base address, protocol and server. Pairs of equal"
            " foundations are checked one after the other. The value itself means nothing.",
            "同じ foundation の候補は、種類、ベースアドレス、プロトコル、サーバーが同じです。"
            "接続確認の順番に使います。値そのものに意味はありません。",
        ),
        "RFC 8445 §5.1.1.3",
        ("candidate", "base"),
    ),
    "component": Term(
        Words(
            "A part of a stream with a port of its own: 1 is RTP, 2 is RTCP. With rtcp-mux, and for data channels,"
            " there is only 1.",
            "独立したポートを持つ部分です。1 が RTP、2 が RTCP です。rtcp-mux やデータチャネルでは 1 だけです。",
        ),
        "RFC 8445 §4",
        ("rtcp-mux",),
    ),
    "base": Term(
        Words(
            "The local address that a candidate is sent from: of srflx that of the host, of relay its own.",
            "候補から送るときに実際に使うローカルアドレスです。srflx では host のアドレス、relay では自分自身です。",
        ),
        "RFC 8445 §4",
        ("candidate", "raddr"),
    ),
    "priority": Term(
        Words(
            "A number in each candidate: pairs of high priority are tried first. It is made of type preference, local"
            " preference and component.",
            "候補に付く数値です。高いペアから先に試します。種類の優先度、ローカル優先度、コンポーネントから作ります。",
        ),
        "RFC 8445 §5.1.2",
        ("2122260223", "type preference", "local preference"),
        ("candidate priority",),
    ),
    "type preference": Term(
        Words(
            "The highest part of a priority, 0 to 126:"
            " RFC 8445 recommends 126 for host, 110 prflx, 100 srflx, 0 relay.",
            "優先度の最上位の部分 (0 から 126) です。RFC 8445 の推奨は host 126、prflx 110、srflx 100、relay 0 です。",
        ),
        "RFC 8445 §5.1.2.2",
        ("priority",),
    ),
    "local preference": Term(
        Words(
            "The middle part of a priority, 0 to 65535:"
            " orders addresses of one type. libwebrtc writes adapter and address"
            " family into it.",
            "優先度の中央の部分 (0 から 65535) で、同じ種類の中の順番です。"
            "libwebrtc はアダプターとアドレスの種類を入れます。",
        ),
        "RFC 8445 §5.1.2.1",
        ("priority",),
    ),
    "typ": Term(
        Words(
            "The type of a candidate: host, srflx, prflx or relay. It says where the address comes from.",
            "候補の種類です。host、srflx、prflx、relay があり、アドレスの由来を示します。",
        ),
        "RFC 8839 §5.1",
        ("host", "srflx", "prflx", "relay"),
        ("candidate type", "cand-type"),
    ),
    "transport address": Term(
        Words(
            "An address and a port, with the protocol: what a candidate is about.",
            "アドレスとポートとプロトコルの組です。候補はこれを一つ示します。",
        ),
        "RFC 8445 §4",
        ("candidate", "base"),
        ("transport", "port", "address", "connection-address"),
    ),
    "raddr": Term(
        Words(
            "Related address: where a srflx, prflx or relay candidate comes from, for diagnosis. 0.0.0.0 hides it.",
            "関連アドレス。srflx、prflx、relay の元のアドレスで、診断用です。0.0.0.0 は隠していることを示します。",
        ),
        "RFC 8839 §5.1",
        ("rport", "base"),
        ("related address", "rel-addr"),
    ),
    "rport": Term(
        Words(
            "The port that belongs to raddr; 0 or 9 where that is hidden.",
            "raddr に対応するポートです。隠すときは 0 か 9 です。",
        ),
        "RFC 8839 §5.1",
        ("raddr",),
        ("related port", "rel-port"),
    ),
    "tcptype": Term(
        Words(
            "Who opens the connection of a TCP candidate: active, passive or so (both at once).",
            "TCP の候補で、どちらが接続を開くかを示します。active、passive、so (同時) があります。",
        ),
        "RFC 6544 §4.5",
        ("active", "passive", "so"),
    ),
    "generation": Term(
        Words(
            "libwebrtc's own count of ICE restarts, in candidates; no standard has it.",
            "候補に付く、libwebrtc 独自の ICE リスタートの回数です。規格にはありません。",
        ),
        "libwebrtc",
        ("ICE restart",),
    ),
    "network-id": Term(
        Words(
            "libwebrtc's number for the local network interface:"
            " equal ids are the same interface. The order means nothing.",
            "libwebrtc がローカルのネットワークインターフェースに付けた番号です。"
            "同じ番号は同じインターフェースで、順番に意味はありません。",
        ),
        "libwebrtc",
        ("network-cost",),
    ),
    "network-cost": Term(
        Words(
            "libwebrtc's opinion of the network, 0 to 999: 0 cable,"
            " 10 Wi-Fi, 50 unknown, 250 and more mobile, 999 hidden;"
            " one more for a VPN. Cheaper networks are preferred.",
            "libwebrtc によるネットワークの評価 (0 から 999) です。"
            "0 は有線、10 は Wi-Fi、50 は不明、250 以上はモバイル、"
            "999 は非公開で、VPN は 1 加えます。小さいほど優先されます。",
        ),
        "libwebrtc",
        ("network-id", "network-cost 10", "network-cost 50"),
    ),
    "candidate pair": Term(
        Words(
            "A local and a remote candidate that are tried together.",
            "ローカル候補と相手の候補の組で、この単位で接続を試します。",
        ),
        "RFC 8445 §6.1.2",
        ("check list", "priority"),
        ("pair",),
    ),
    "check list": Term(
        Words(
            "The candidate pairs of a stream in the order in which they are tried.",
            "候補ペアを、試す順に並べた一覧です。",
        ),
        "RFC 8445 §6.1.2",
        ("candidate pair",),
        ("checklist",),
    ),
    "connectivity check": Term(
        Words(
            "A STUN request from one candidate to another,"
            " with ufrag and password; an answer means that the pair works.",
            "候補から候補への STUN リクエストで、ufrag とパスワードで認証します。返事が届けばそのペアは使えます。",
        ),
        "RFC 8445 §7",
        ("ufrag", "STUN"),
        ("stun ping", "ice check"),
    ),
    "nomination": Term(
        Words(
            "The controlling side says which working pair is to be used.",
            "controlling 側が、つながったペアのうち使うものを決めることです。",
        ),
        "RFC 8445 §8.1",
        ("controlling",),
        ("nominated", "use-candidate", "aggressive nomination"),
    ),
    "controlling": Term(
        Words(
            "The side that chooses the pair: mostly the offerer, or the full agent opposite a lite one.",
            "使うペアを決める側です。多くは offer を出した側、相手が lite なら full の側です。",
        ),
        "RFC 8445 §6.1.1",
        ("controlled", "nomination"),
    ),
    "controlled": Term(
        Words("The side that follows the choice of the controlling one.", "controlling 側の決定に従う側です。"),
        "RFC 8445 §6.1.1",
        ("controlling",),
    ),
    "trickle ICE": Term(
        Words(
            "The description goes out at once,"
            " and each candidate as soon as it is found: fast, but signalling has to stay"
            " open.",
            "SDP をすぐ送り、候補は見つかりしだい一つずつ送る方法です。速い反面、シグナリングを開いたままにします。",
        ),
        "RFC 8838",
        ("vanilla ICE", "end-of-candidates"),
        ("trickle",),
    ),
    "vanilla ICE": Term(
        Words(
            "The description is sent only when all candidates are in it:"
            " slower, but one offer and one answer do, as for"
            " copy and paste.",
            "すべての候補が入ってから SDP を送る方法です。"
            "遅いですが、offer と answer を一度ずつ渡すだけで済み、手動シグナリングに向きます。",
        ),
        "RFC 8445 §5",
        ("trickle ICE", "iceGatheringState"),
        ("non-trickle ice",),
    ),
    "half trickle": Term(
        Words(
            "The offer has all candidates, the answer may trickle: for peers of which nobody knows whether they can.",
            "offer には全候補を入れ、answer だけ trickle を許す方法です。相手の対応が分からないときに使います。",
        ),
        "RFC 8838 §16",
        ("trickle ICE", "vanilla ICE"),
    ),
    "iceGatheringState": Term(
        Words(
            "new, gathering or complete: a description for copying is ready when it says complete.",
            "new、gathering、complete のいずれかです。complete になれば、コピーする SDP が完成しています。",
        ),
        "W3C WebRTC §4.3.2",
        ("vanilla ICE",),
        ("ice gathering", "gathering"),
    ),
    "ICE restart": Term(
        Words(
            "A new ufrag and password make ICE begin again, for instance after a change of network; media goes on"
            " meanwhile.",
            "ufrag とパスワードを変えて ICE をやり直します。"
            "ネットワークが変わったときなどに使い、その間もメディアは流れます。",
        ),
        "RFC 8445 §9",
        ("ice-ufrag", "generation"),
        ("restart", "restartice"),
    ),
    "consent freshness": Term(
        Words(
            "Checks that go on while media flows: without an answer for 30 seconds sending has to stop.",
            "通信中も続く確認です。30 秒返事がなければ送信を止めます。",
        ),
        "RFC 7675",
        ("connectivity check",),
    ),
    "ICE mismatch": Term(
        Words(
            "The address of the c= and m= lines is no candidate:"
            " somebody in between has rewritten it, and ICE is not used.",
            "c= 行と m= 行のアドレスがどの候補とも一致しない状態です。途中で書き換えられており、ICE は使われません。",
        ),
        "RFC 8839 §4.2.5",
        ("ice-mismatch",),
    ),
    "default candidate": Term(
        Words(
            "The candidate in the c= and m= lines, for peers without ICE.",
            "ICE を使わない相手のために、c= 行と m= 行に書く候補です。",
        ),
        "RFC 8445 §4",
        ("c=", "m="),
    ),
    "STUN": Term(
        Words(
            "A server that tells a client its public address; also the messages of connectivity checks.",
            "外側のアドレスを教えるサーバーです。接続確認のメッセージも STUN です。",
        ),
        "RFC 8489",
        ("srflx", "TURN"),
    ),
    "TURN": Term(
        Words(
            "A server that passes all packets on, where no direct path works.",
            "直接つながらないときに、すべてのパケットを中継するサーバーです。",
        ),
        "RFC 8656",
        ("relay", "STUN"),
    ),
    "NAT": Term(
        Words(
            "A router that maps private addresses to a public one; peers outside cannot reach in without being called.",
            "プライベートアドレスを外側のアドレスに変換するルーターです。外からは、内側が先に送らないと届きません。",
        ),
        "RFC 4787",
        ("srflx", "symmetric NAT"),
    ),
    "symmetric NAT": Term(
        Words(
            "A NAT that uses another public port for each destination:"
            " what STUN saw is of no use, and a relay is needed.",
            "宛先ごとに外側のポートが変わる NAT です。STUN で得たアドレスが使えず、TURN が必要になります。",
        ),
        "RFC 4787 §4.1",
        ("TURN", "prflx"),
    ),
    "mDNS candidate": Term(
        Words(
            "A host candidate with a random .local name in place of its private address: browsers hide that from pages"
            " without camera permission. Peers on other networks cannot resolve it.",
            "プライベートアドレスの代わりに .local のランダムな名前を使う host 候補です。"
            "カメラなどの許可がないページに対して隠されます。別のネットワークからは解決できません。",
        ),
        "draft-ietf-mmusic-mdns-ice-candidates",
        ("host", "srflx"),
        ("mdns", "obfuscated candidate"),
    ),
    # Security
    "DTLS": Term(
        Words(
            "TLS over UDP: the peers show their certificates, whose digests are in a=fingerprint, and agree on keys.",
            "UDP 上の TLS です。双方が証明書を示し (ハッシュは a=fingerprint)、鍵を共有します。",
        ),
        "RFC 9147, RFC 8842",
        ("fingerprint", "setup", "DTLS-SRTP"),
    ),
    "DTLS-SRTP": Term(
        Words(
            "Media is encrypted with keys from the DTLS handshake: the only way in WebRTC.",
            "DTLS のハンドシェイクで得た鍵でメディアを暗号化します。WebRTC では必ずこの方式です。",
        ),
        "RFC 5764",
        ("DTLS", "SRTP"),
    ),
    "DTLS role": Term(
        Words(
            "Who begins the DTLS handshake: the client (setup:active) or the server (setup:passive).",
            "DTLS を始めるのがクライアント (setup:active)、待つのがサーバー (setup:passive) です。",
        ),
        "RFC 8842 §5",
        ("setup", "actpass"),
    ),
    "SRTP": Term(
        Words("RTP with encryption and authentication.", "暗号化と認証を加えた RTP です。"),
        "RFC 3711",
        ("DTLS-SRTP", "SDES"),
    ),
    "SDES": Term(
        Words(
            "SRTP keys in the description itself, by a=crypto: SIP telephones do so, browsers refuse it.",
            "SRTP の鍵を a=crypto で SDP に直接書く方式です。SIP 電話で使われ、ブラウザは拒否します。",
        ),
        "RFC 4568",
        ("crypto", "DTLS-SRTP"),
    ),
    # RTP
    "RTP": Term(
        Words("The packets that carry sound and pictures.", "音声や映像を運ぶパケットのプロトコルです。"),
        "RFC 3550",
        ("RTCP", "payload type", "ssrc"),
    ),
    "RTCP": Term(
        Words(
            "Reports beside RTP: what arrived, and requests such as NACK and PLI.",
            "RTP に伴う報告です。受信状況や、NACK、PLI などの要求を送ります。",
        ),
        "RFC 3550 §6",
        ("rtcp-mux", "rtcp-fb"),
    ),
    "payload type": Term(
        Words(
            "A number from 0 to 127 in each RTP packet:"
            " says which codec it holds. 96 to 127 are given out by a=rtpmap.",
            "RTP パケットに入る 0 から 127 の番号で、コーデックを示します。96 から 127 は a=rtpmap で割り当てます。",
        ),
        "RFC 3551 §6",
        ("rtpmap", "0", "96"),
        ("pt", "payload"),
    ),
    "header extension": Term(
        Words(
            "Additional data in RTP packet headers, by numbers that a=extmap gives.",
            "RTP ヘッダーに追加するデータです。番号は a=extmap で決めます。",
        ),
        "RFC 8285",
        ("extmap", "sdes:mid"),
        ("rtp header extension", "hdrext"),
    ),
    "FEC": Term(
        Words(
            "Forward error correction: additional packets from which lost ones are rebuilt.",
            "前方誤り訂正。追加のパケットから、失われたパケットを復元します。",
        ),
        "RFC 8854",
        ("ulpfec", "flexfec", "red"),
        ("forward error correction",),
    ),
    "SVC": Term(
        Words(
            "Scalable video coding: one stream in layers; servers leave the upper ones out for slow receivers.",
            "スケーラブル映像符号化。一つのストリームを階層化し、遅い受信者には上の階層を省きます。",
        ),
        "W3C WebRTC SVC",
        ("simulcast", "VP9"),
        ("scalable video coding",),
    ),
    "layer": Term(
        Words(
            "One quality of the same picture: a stream of its own (simulcast), or part of one (SVC).",
            "同じ映像の一つの品質です。独立したストリーム (サイマルキャスト) か、その一部 (SVC) です。",
        ),
        "RFC 8853",
        ("simulcast", "SVC"),
    ),
    "REMB": Term(
        Words(
            "Receiver estimated maximum bit rate: an older bandwidth report, written goog-remb.",
            "受信側が推定した最大ビットレートの報告で、goog-remb と書きます。古い方式です。",
        ),
        "draft-alvestrand-rmcat-remb-03",
        ("goog-remb", "transport-cc"),
    ),
    "PLI": Term(
        Words("Picture loss indication: asks for a key frame.", "画像の損失を知らせ、キーフレームを求めます。"),
        "RFC 4585 §6.3.1",
        ("nack pli", "ccm fir"),
        ("picture loss indication",),
    ),
    "FIR": Term(
        Words("Full intra request: demands a key frame.", "キーフレームの送信を要求します。"),
        "RFC 5104 §4.3.1",
        ("ccm fir", "nack pli"),
        ("full intra request",),
    ),
    "key frame": Term(
        Words(
            "A picture that needs no other picture to be decoded: where decoding can begin.",
            "ほかの画像なしで復号できる画像です。ここから復号を始められます。",
        ),
        "",
        ("PLI", "FIR"),
        ("keyframe", "intra frame"),
    ),
    "DTMF": Term(
        Words(
            "The tones of telephone keys; in RTP the codec telephone-event.",
            "電話機のキーの音です。RTP では telephone-event を使います。",
        ),
        "RFC 4733",
        ("telephone-event",),
    ),
    # Data channels
    "SCTP": Term(
        Words(
            "The protocol of data channels, inside DTLS.",
            "DTLS の中で動く、データチャネルのプロトコルです。",
        ),
        "RFC 8831",
        ("sctp-port", "data channel"),
    ),
    "data channel": Term(
        Words(
            "Messages between peers beside the media; all channels of a connection share one m=application section.",
            "メディアとは別に、データを直接送り合う経路です。"
            "すべてのチャネルが一つの m=application セクションを使います。",
        ),
        "RFC 8831",
        ("sctp-port", "max-message-size"),
        ("datachannel", "data channels", "rtcdatachannel"),
    ),
    # Where descriptions travel
    "WHIP": Term(
        Words(
            "Sends media to a server with one HTTP request that holds the offer; the reply holds the answer.",
            "HTTP で offer を送り、返事で answer を受け取って、サーバーへメディアを送信する規格です。",
        ),
        "RFC 9725",
        ("WHEP",),
    ),
    "WHEP": Term(
        Words(
            "Receives media from a server, with offer and answer over HTTP.",
            "HTTP で offer と answer を交わし、サーバーからメディアを受信する規格です。",
        ),
        "draft-ietf-wish-whep",
        ("WHIP",),
    ),
    "SIP": Term(
        Words("The signalling protocol of telephony; carries SDP.", "電話のシグナリングプロトコルで、SDP を運びます。"),
        "RFC 3261",
        ("SDES", "hold"),
    ),
    "RTSP": Term(
        Words(
            "Controls streams of cameras and servers; its DESCRIBE reply holds SDP.",
            "カメラやサーバーのストリームを制御します。DESCRIBE の返事に SDP が入ります。",
        ),
        "RFC 7826",
        ("control",),
    ),
    "SDP fragment": Term(
        Words(
            "A piece of a description with new candidates, as trickle ICE sends it over SIP and HTTP.",
            "新しい候補を運ぶ SDP の断片です。SIP や HTTP の trickle ICE で使います。",
        ),
        "RFC 8840 §9",
        ("trickle ICE",),
        ("sdpfrag", "trickle fragment"),
    ),
}
"""The terms, as they are mostly written."""


def normal(text: str) -> str:
    """A text without what people write one way or another: case, and blanks or hyphens between words."""
    return " ".join(text.lower().replace("-", " ").replace("_", " ").split())


_BY_NAME = {normal(name): term for term, entry in TERMS.items() for name in (term, *entry.others)}


def read(text: str) -> Draft | None:
    """A term, however it is written."""
    name = _BY_NAME.get(normal(text))
    if name is None:
        return None
    term = TERMS[name]
    return Draft(Words("term", "用語"), plain(name), term.words, (), term.reference, term.see)
