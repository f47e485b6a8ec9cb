"""WeChat's interface, played on the loopback as far as messages go, and wechatpy (PyPI) as another who sends to it.

    wechat.py serve             prints its port, and serves until its standard input ends
    wechat.py send PORT         sends by wechatpy what stands on the standard input: one line of JSON each,
                                {"api": "text" | "subscription" | "template", "openid", "content" | "template", "data",
                                "page"}; prints what it was answered, one line each

It knows one account and checks what WeChat checks: the token (of which the newest two are good), who follows (openids that
begin with "o"), the size of a text, the fields of templates and what may stand in them. Beside WeChat's own paths it has

    POST /test/next             {"path", "answers": [{"errcode"} | {"status"} | {"late": seconds}]}: what the next calls get
    GET /test/calls             all calls but those for tokens: [{"path", "body", "errcode"}]
    GET /test/tokens            {"asked", "forced"}
    POST /test/tokens           makes all tokens bad
"""

import json
import re
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

APP_ID = "wx0000000000000000"
SECRET = "notARealSecretAtAll"
TEMPLATES = {
    "once-1": {"character_string1", "thing2", "time3"},
    "lasting-1": {"thing1"},
    "template-1": {"thing1", "phrase2"},
}
LIMITS = {"thing": 20, "phrase": 5, "character_string": 32}


class State:
    def __init__(self):
        self.lock = threading.Lock()
        self.tokens = []
        self.asked = 0
        self.forced = 0
        self.calls = []
        self.next = {}

    def token(self, force):
        self.asked += 1
        if force or not self.tokens:
            self.forced += force
            self.tokens = self.tokens[-1:] + [f"token_{self.asked}-{len(self.calls)}"]
        return {"access_token": self.tokens[-1], "expires_in": 7200}


STATE = State()


def units(text):
    return len(text.encode("utf-16-le")) // 2


def check_fields(template, data):
    if not isinstance(data, dict) or set(data) != TEMPLATES[template]:
        return 47003
    for name, field in data.items():
        value = field.get("value") if isinstance(field, dict) else None
        if not isinstance(value, str) or not value.strip() or "\n" in value:
            return 47003
        kind = re.match(r"[a-z_]+", name).group()
        if units(value) > LIMITS.get(kind, 200):
            return 47003
        if kind == "character_string" and not value.isascii():
            return 47003
    return 0


def judge(path, body):
    if not isinstance(body.get("touser"), str) or not body["touser"].startswith("o"):
        return 40003
    if path == "custom/send":
        if body.get("msgtype") != "text":
            return 40008
        content = body.get("text", {}).get("content")
        if not isinstance(content, str) or not content:
            return 44004
        return 45002 if len(content.encode()) > 2048 else 0
    template = body.get("template_id")
    if template not in TEMPLATES:
        return 40037
    if (path == "template/send") != template.startswith("template"):
        return 40037
    return check_fields(template, body.get("data"))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, form, status=200):
        body = json.dumps(form).encode() if status == 200 else b"<html>"
        self.send_response(status)
        self.send_header("Content-Type", "application/json; encoding=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return raw, json.loads(raw.decode("utf-8") or "{}")

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        with STATE.lock:
            if url.path == "/test/calls":
                return self.answer(STATE.calls)
            if url.path == "/test/tokens":
                return self.answer({"asked": STATE.asked, "forced": STATE.forced})
            if url.path == "/cgi-bin/token":
                if (query.get("appid"), query.get("secret")) != (APP_ID, SECRET):
                    return self.answer({"errcode": 40125, "errmsg": "invalid appsecret"})
                return self.answer(STATE.token(False))
        self.answer({}, 404)

    def do_POST(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        raw, body = self.body()
        if url.path == "/test/next":
            with STATE.lock:
                STATE.next.setdefault(body["path"], []).extend(body["answers"])
            return self.answer({})
        if url.path == "/test/tokens":
            with STATE.lock:
                STATE.tokens = []
            return self.answer({})
        if url.path == "/cgi-bin/stable_token":
            with STATE.lock:
                known = (body.get("appid"), body.get("secret"), body.get("grant_type"))
                if known != (APP_ID, SECRET, "client_credential"):
                    return self.answer({"errcode": 40125, "errmsg": "invalid appsecret"})
                return self.answer(STATE.token(bool(body.get("force_refresh"))))
        prefix = "/cgi-bin/message/"
        if not url.path.startswith(prefix):
            return self.answer({}, 404)
        path = url.path[len(prefix):]
        late = None
        with STATE.lock:
            planned = STATE.next.get(path)
            given = planned.pop(0) if planned else {}
            if "status" in given:
                return self.answer({}, given["status"])
            late = given.get("late")
            if query.get("access_token") not in STATE.tokens:
                code = 40001
            else:
                code = given["errcode"] if "errcode" in given else judge(path, body)
            # Characters stand there as they are: those escaped would be shown so to a citizen.
            if b"\\u" in raw:
                code = 47001
            STATE.calls.append({"path": path, "body": body, "errcode": code})
            number = len(STATE.calls)
        if late:
            time.sleep(late)
        self.answer({"errcode": code, "errmsg": "words", "msgid": number})


def serve():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


def send(port):
    from wechatpy import WeChatClient
    from wechatpy.exceptions import WeChatClientException

    client = WeChatClient(APP_ID, SECRET)
    client.API_BASE_URL = f"http://127.0.0.1:{port}/cgi-bin/"
    client.message.API_BASE_URL = client.API_BASE_URL
    # Its own way to a token has the peer's address in it.
    import urllib.request

    with urllib.request.urlopen(f"{client.API_BASE_URL}token?appid={APP_ID}&secret={SECRET}") as answer:
        client.session.set(client.access_token_key, json.load(answer)["access_token"], 7200)
    client.expires_at = int(time.time()) + 7200
    for line in sys.stdin:
        wish = json.loads(line)
        message = client.message
        try:
            if wish["api"] == "text":
                answer = message.send_text(wish["openid"], wish["content"])
            elif wish["api"] == "subscription":
                answer = message.send_subscribe_message(
                    wish["openid"], wish["template"], wish["data"], page=wish.get("page"))
            else:
                answer = message.send_template(wish["openid"], wish["template"], wish["data"], url=wish.get("page"))
        except WeChatClientException as error:
            answer = {"errcode": error.errcode}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve() if sys.argv[1] == "serve" else send(int(sys.argv[2]))
