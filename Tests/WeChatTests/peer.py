"""The other side of the callback, played by wechatpy (PyPI: wechatpy, cryptography): it signs and encrypts requests,
and checks and reads the replies.

    peer.py requests MODE             prints requests to one account in that mode (plain, compatible, safe)
    peer.py check MODE ANSWERS        reads the answers to them, checks each, prints how many were right
    peer.py generate [--seed N] [--count N] [--mode MODE] [--people N]
                                      prints mixed and repeated messages, then what they should amount to

All take --account, --app-id, --token, --aes-key and --now (seconds since 1970) too.

A request is one line of JSON: {"name", "method", "target", "body"}; `target` is the path with its query, `body` text.
An answer is one line of JSON in the order of the requests: {"status", "body"}.

`generate` prints `count` requests whose names are the kinds of their messages. Of all messages about one in five comes
again, signed and encrypted anew: at once, or long after. Message numbers repeat between people, texts between messages.
Last comes one line for each opinion that they amount to, in no particular order:

    {"opinion": {"openid", "began", "kinds", "texts", "attachments", "locations", "code", "ended"}}

`began` is its first message's time (seconds since 1970), `kinds` are those of its messages. `texts` (as written; of a
voice what was recognised; of a link its title and address), `attachments` (pictures by their address, others by their
media id; at most 20) and `locations` ({"latitude", "longitude", "label"}, as WeChat's map shows them) stand in the order
said too. `code` is the token that it is said under, or null; `ended` is false where only time ends what was said.

An opinion is ended by 完, by the menu's button, or by the scan of another code than that it is said under. A code
covers what is said from its scan on until the opinion under it ends; 完 without anything said leaves it. A message
counts where it comes first, however often it comes again. Twenty messages fall into each second, never two of one
person; so nobody pauses for long, and all are written within `count` / 20 seconds before `now`.
"""

import argparse
import json
import random
import sys
import urllib.parse

import xmltodict
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

OFFICIAL = "gh_0000000000"
ALICE = "oNobodysOpenid_0000000000001"


def cdata(fields):
    lines = []
    for name, value in fields.items():
        if isinstance(value, (int, float)):
            lines.append(f"<{name}>{value}</{name}>")
        else:
            lines.append(f"<{name}><![CDATA[{value}]]></{name}>")
    return "".join(lines)


def signature(*parts):
    signer = WeChatSigner()
    signer.add_data(*parts)
    return signer.signature


class Peer:
    def __init__(self, options):
        self.options = options
        self.mode = options.mode
        self.crypto = WeChatCrypto(options.token, options.aes_key, options.app_id)
        self.chance = random.Random(options.seed)
        # wechatpy draws the 16 random bytes from here.
        random.seed(options.seed)

    def query(self, **more):
        timestamp = str(self.options.now)
        nonce = str(self.chance.randrange(10**8, 10**10))
        query = {"timestamp": timestamp, "nonce": nonce}
        query["signature"] = signature(self.options.token, timestamp, nonce)
        query.update(more)
        return query

    def request(self, name, method, query, body=""):
        target = f"/wechat/{self.options.account}?" + urllib.parse.urlencode(query)
        return {"name": name, "method": method, "target": target, "body": body}

    def deliver(self, name, fields, forged=None):
        """A message as the mode sends it. `forged` is the one thing wrong with it."""
        xml = f"<xml>{cdata(fields)}</xml>"
        query = self.query(openid=fields["FromUserName"])
        if forged == "signature":
            query["signature"] = "0" * 40
        if self.mode == "plain":
            return self.request(name, "POST", query, xml)
        crypto = self.crypto
        if forged == "app":
            crypto = WeChatCrypto(self.options.token, self.options.aes_key, "wx1111111111111111")
        if forged == "key":
            crypto = WeChatCrypto(self.options.token, "B" * 43, self.options.app_id)
        sealed = xmltodict.parse(crypto.encrypt_message(xml, query["nonce"], query["timestamp"]))["xml"]
        query["encrypt_type"] = "aes"
        query["msg_signature"] = "0" * 40 if forged == "message-signature" else sealed["MsgSignature"]
        outer = {"ToUserName": OFFICIAL, "Encrypt": sealed["Encrypt"]}
        if self.mode == "compatible":
            outer = {**fields, "Encrypt": sealed["Encrypt"]}
        if forged == "clear":
            outer = fields
        return self.request(name, "POST", query, f"<xml>{cdata(outer)}</xml>")

    def reply(self, body):
        """The reply as wechatpy reads it: unpacked, its signature and AppId checked."""
        if self.mode == "plain":
            return parse_message(body)
        outer = xmltodict.parse(body)["xml"]
        clear = self.crypto.decrypt_message(body, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"])
        return parse_message(clear)


def message(kind, number, when, fields, person=ALICE):
    return {
        "ToUserName": OFFICIAL, "FromUserName": person, "CreateTime": when, "MsgType": kind, **fields, "MsgId": number,
    }


def event(kind, when, fields=None, person=ALICE):
    return {
        "ToUserName": OFFICIAL, "FromUserName": person, "CreateTime": when, "MsgType": "event", "Event": kind,
        **(fields or {}),
    }


def scenario(peer):
    """Pairs of a request and what its answer must be: ("echo", text), ("reply", part), ("success",) or ("refused",)."""
    when = peer.options.now - 1
    deliver = peer.deliver
    yield peer.request("check", "GET", peer.query(echostr="3141592653589793238")), ("echo", "3141592653589793238")
    query = peer.query(echostr="x")
    query["signature"] = signature("anotherToken", query["timestamp"], query["nonce"])
    yield peer.request("forged check", "GET", query), ("refused",)
    said = {
        "text": {"Content": "路灯坏了三个月 <b>&amp; ]] > 😀"},
        "image": {"PicUrl": "http://pictures.example/1", "MediaId": "media_1-A"},
        "voice": {"MediaId": "media_2", "Format": "amr", "Recognition": "路灯坏了。"},
        "video": {"MediaId": "media_3", "ThumbMediaId": "thumb"},
        "shortvideo": {"MediaId": "media_4", "ThumbMediaId": "thumb"},
        "location": {"Location_X": 31.175304, "Location_Y": 121.531542, "Scale": 16, "Label": "滨河路 1 号"},
        "link": {"Title": "路灯", "Description": "路灯", "Url": "https://news.example/?a=1&b=2"},
    }
    for place, (kind, fields) in enumerate(said.items()):
        yield deliver(kind, message(kind, 7000 + place, when, fields)), ("reply", "收到")
    yield deliver("finish", message("text", 7100, when, {"Content": "完"})), ("reply", "提交")
    yield deliver("status", message("text", 7101, when, {"Content": "查"})), ("reply", "haaaaaaaaaaaaaaaaaaaaaaaaaa")
    yield deliver("rating", message("text", 7102, when, {"Content": "满意"})), ("reply", "谢谢您的评价")
    yield deliver("button", event("CLICK", when, {"EventKey": "finish"})), ("reply", "提交")
    yield deliver("scan", event("SCAN", when, {"EventKey": "valid", "Ticket": "t"})), ("reply", "zhang-san的代表码")
    scanned = {"EventKey": "qrscene_revoked", "Ticket": "t"}
    yield deliver("subscribe", event("subscribe", when, scanned)), ("reply", "停用")
    yield deliver("follow", event("subscribe", when - 1)), ("reply", "有什么意见建议")
    place = {"Latitude": 31.1, "Longitude": 121.5, "Precision": 60.0}
    passing = {
        "unsubscribe": {}, "LOCATION": place, "VIEW": {"EventKey": "https://board.example/?a=1&b=2"},
        "TEMPLATESENDJOBFINISH": {"MsgID": 1, "Status": "success"}, "user_info_modified": {"OpenID": ALICE},
        "user_authorization_revoke": {"OpenID": ALICE, "RevokeInfo": "1"}, "never_heard_of": {},
        "subscribe_msg_popup_event": {}, "subscribe_msg_change_event": {}, "subscribe_msg_sent_event": {},
    }
    for kind, fields in passing.items():
        yield deliver(kind, event(kind, when, fields)), ("success",)
    text = message("text", 7200, when, {"Content": "假的"})
    yield deliver("forged", text, forged="signature"), ("refused",)
    if peer.mode != "plain":
        for fault in ("app", "key", "message-signature", "clear"):
            yield deliver(fault, text, forged=fault), ("refused",)


def check(peer, answers):
    right = 0
    for (request, expected), answer in zip(scenario(peer), answers, strict=True):
        name, status, body = request["name"], answer["status"], answer["body"]
        kind = expected[0]
        if kind == "refused":
            assert status == 403, (name, status)
            right += 1
            continue
        assert status == 200, (name, status, body)
        if kind == "echo":
            assert body == expected[1], name
        elif kind == "success":
            assert body == "success", (name, body)
        else:
            reply = peer.reply(body)
            assert reply.type == "text", (name, reply.type)
            assert reply.source == OFFICIAL and reply.target == ALICE, name
            assert reply.time == peer.options.now, (name, reply.time)
            assert expected[1] in reply.content, (name, reply.content)
        right += 1
    return right


class Talk:
    """What one person says, and what it amounts to."""

    def __init__(self, person):
        self.person = person
        self.code = None
        self.clear()

    def clear(self):
        self.began, self.kinds, self.texts, self.attachments, self.locations = None, [], [], [], []

    def say(self, kind, when):
        self.began = self.began or when
        self.kinds.append(kind)

    def opinion(self, ended):
        if not self.kinds:
            return None
        opinion = {
            "openid": self.person, "began": self.began, "kinds": self.kinds, "texts": self.texts,
            "attachments": self.attachments, "locations": self.locations, "code": self.code, "ended": ended,
        }
        self.clear()
        self.code = None
        return opinion


def generate(peer, count, people):
    """Requests, then opinions."""
    chance = peer.chance
    talks = [Talk(f"oNobodysOpenid_{person:013d}") for person in range(people)]
    opinions, sent = [], []
    start = peer.options.now - count // 20 - 1
    spoke = {}
    complaints = ["路灯坏了三个月", "垃圾没人清", "下水道堵了", "学校门口太挤", "广场舞太吵", "井盖松了，车过就响", "公交车老是晚点"]
    for step in range(count):
        if sent and chance.random() < 0.2:
            # Mostly what came just now, sometimes what came long ago.
            kind, fields = sent[-1 - int(min(chance.expovariate(0.2), len(sent) - 1))] if chance.random() < 0.8 \
                else chance.choice(sent)
            yield peer.deliver(kind, fields)
            continue
        when, number = start + step // 20, 9_000_000 + step // 3
        talk = chance.choice([talk for talk in talks if spoke.get(talk.person) != when])
        spoke[talk.person] = when
        draw = 0.7 if len(talk.attachments) == 20 else chance.random()
        if draw < 0.45:
            kind, fields = "text", {"Content": chance.choice(complaints)}
            talk.texts.append(fields["Content"])
        elif draw < 0.55:
            kind, fields = "image", {"PicUrl": f"http://pictures.example/{step}", "MediaId": f"media-{step}"}
            talk.attachments.append(fields["PicUrl"])
        elif draw < 0.62:
            kind, fields = "voice", {"MediaId": f"media-{step}", "Format": "amr"}
            if chance.random() < 0.7:
                fields["Recognition"] = chance.choice(complaints) + "。"
                talk.texts.append(fields["Recognition"])
            talk.attachments.append(fields["MediaId"])
        elif draw < 0.65:
            kind, fields = "video", {"MediaId": f"media-{step}", "ThumbMediaId": "thumb"}
            talk.attachments.append(fields["MediaId"])
        elif draw < 0.69:
            place = [round(27 + chance.random(), 6), round(119 + chance.random(), 6)]
            kind, fields = "location", {
                "Location_X": place[0], "Location_Y": place[1], "Scale": 16, "Label": f"滨河路 {step} 号",
            }
            talk.locations.append({"latitude": place[0], "longitude": place[1], "label": fields["Label"]})
        elif draw < 0.7:
            kind, fields = "link", {"Title": "看这里", "Description": "", "Url": f"https://news.example/{step}"}
            talk.texts.append(f"看这里\n{fields['Url']}")
        elif draw < 0.85:
            kind, fields = "finish", None
            opinions.append(talk.opinion(ended=True))
        elif draw < 0.92:
            kind, fields = "scan", None
            code = chance.choice(["valid", "revoked", "expired"])
            if code != talk.code:
                opinions.append(talk.opinion(ended=True))
                talk.code = code
        else:
            kind, fields = chance.choice(["LOCATION", "VIEW", "TEMPLATESENDJOBFINISH", "status"]), None
        if kind == "finish":
            xml = message("text", number, when, {"Content": chance.choice(["完", "完毕", "提交 "])}, talk.person)
            if chance.random() < 0.4:
                xml = event("CLICK", when, {"EventKey": "finish"}, talk.person)
        elif kind == "scan":
            kind = chance.choice(["SCAN", "subscribe"])
            prefix = "qrscene_" if kind == "subscribe" else ""
            xml = event(kind, when, {"EventKey": prefix + talk.code, "Ticket": "t"}, talk.person)
        elif kind == "status":
            xml = message("text", number, when, {"Content": "查"}, talk.person)
        elif fields is None:
            xml = event(kind, when, {"EventKey": "x"}, talk.person)
        else:
            talk.say(kind, when)
            xml = message(kind, number, when, fields, talk.person)
        sent.append((kind, xml))
        yield peer.deliver(kind, xml)
    opinions += [talk.opinion(ended=False) for talk in talks]
    for opinion in opinions:
        if opinion:
            yield {"opinion": opinion}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["requests", "check", "generate"])
    parser.add_argument("rest", nargs="*")
    parser.add_argument("--mode", choices=["plain", "compatible", "safe"], default="safe")
    parser.add_argument("--account", default="qingxi")
    parser.add_argument("--app-id", default="wx0000000000000000")
    parser.add_argument("--token", default="notARealToken")
    parser.add_argument("--aes-key", default="notARealKeyNotARealKeyNotARealKeyNotARealKe")
    parser.add_argument("--now", type=int, default=1790215200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=200)
    options = parser.parse_args()
    if options.do != "generate":
        options.mode = options.rest[0]
    peer = Peer(options)
    if options.do == "requests":
        for request, _ in scenario(peer):
            print(json.dumps(request))
    elif options.do == "check":
        with open(options.rest[1], encoding="utf-8") as lines:
            print(check(peer, [json.loads(line) for line in lines]))
    else:
        for line in generate(peer, options.count, options.people):
            print(json.dumps(line))


if __name__ == "__main__":
    sys.exit(main())
