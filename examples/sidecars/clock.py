#!/usr/bin/env python3
"""An event sidecar in Python: an event per second, until its task has ended. The contract: docs/sidecars.md"""
import hashlib, hmac, http.client, os, signal, threading, time, urllib.request

env, over = os.environ, threading.Event()
signal.signal(signal.SIGTERM, lambda *_: over.set())
key, state = open(env["TIPHYS_KEY_FILE"], "rb").read(), os.path.join(env["TIPHYS_STATE"], "n")
SIGNED = ("id", "source", "type", "subject", "workflowrun", "sequence", "endofstream", "refused")

def publish(name, number, data, **more):
    event = dict(specversion="1.0", id="/".join((env["TIPHYS_INSTANCE_UID"], env["TIPHYS_CONTAINER"], "clock", name)),
                 source=env["TIPHYS_SOURCE"], type=env["TIPHYS_EVENT_TYPE"], workflowrun=env["TIPHYS_RUN"],
                 partitionkey=env["TIPHYS_RUN"], sequence="%012d" % number,
                 time=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **more)
    signed = "".join("%s:%s\n" % (k, event.get(k, "")) for k in SIGNED).encode() + b"\n" + data
    event["tiphyssignature"] = hmac.new(key, signed, hashlib.sha256).hexdigest()
    headers = dict({"ce-" + k: v for k, v in event.items()}, **{"content-type": "application/json"})
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
