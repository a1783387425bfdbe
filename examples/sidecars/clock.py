#!/usr/bin/env python3
"""An event sidecar in Python: an event per second, until its task has ended. The contract: docs/sidecars.md"""
import hashlib, hmac, http.client, os, signal, threading, time, urllib.request

env, over = os.environ, threading.Event()
signal.signal(signal.SIGTERM, lambda *_: over.set())
(version, secret), state = env["TIPHYS_KEY"].split(".", 1), os.path.join(env["TIPHYS_STATE"], "n")

def part(text):
    return b"%d:%s" % (len(text.encode()), text.encode())

def publish(name, number, data, **more):
    event = dict(specversion="1.0", id="/".join((env["TIPHYS_INSTANCE_UID"], env["TIPHYS_CONTAINER"], "clock", name)),
                 source=env["TIPHYS_SOURCE"], type=env["TIPHYS_EVENT_TYPE"], workflowrun=env["TIPHYS_RUN"],
                 partitionkey=env["TIPHYS_RUN"], task=env["TIPHYS_TASK"], sequence="%012d" % number,
                 datacontenttype="application/json",
                 time=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **more)
    signed = b"".join(part(k) + part(v) for k, v in sorted(event.items())) + b"0:" + data
    mac = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    event["tiphyssignature"] = "v2.%s.%s" % (version, mac)
    headers = {"ce-" + k: v for k, v in event.items()}
    headers["content-type"] = headers.pop("ce-datacontenttype")
    while True:
        try:
            return urllib.request.urlopen(urllib.request.Request(env["K_SINK"], data, headers), timeout=10).close()
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)

n = int(open(state).read()) if os.path.exists(state) else 0
while not over.is_set():
    n += 1
    publish(str(n), n, b'{"tick":%d}' % n)
    with open(state + ".new", "w") as kept:
        kept.write(str(n))
    os.replace(state + ".new", state)  # whole, whenever it is killed
    over.wait(float(env.get("TIPHYS_SIDECAR_PARAM_PERIOD", "1")))
publish("end", n, b"", endofstream="true")
