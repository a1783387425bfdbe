#!/bin/sh
# An event sidecar in shell: an event per second, until its task has ended. The contract: docs/sidecars.md
n=$(cat "$TIPHYS_STATE/n" 2>/dev/null || echo 0) over=
key=$(od -An -v -tx1 "$TIPHYS_KEY_FILE" | tr -d ' \n')
trap 'over=1' TERM
publish() { # NAME NUMBER END DATA
  id="$TIPHYS_INSTANCE_UID/$TIPHYS_CONTAINER/clock/$1" seq=$(printf %012d "$2")
  mac=$(printf 'id:%s\nsource:%s\ntype:%s\nsubject:\nworkflowrun:%s\nsequence:%s\nendofstream:%s\nrefused:\n\n%s' \
    "$id" "$TIPHYS_SOURCE" "$TIPHYS_EVENT_TYPE" "$TIPHYS_RUN" "$seq" "$3" "$4" |
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" | sed 's/.* //')
  until curl -sf -o /dev/null --max-time 10 -H 'ce-specversion: 1.0' -H "ce-id: $id" -H "ce-source: $TIPHYS_SOURCE" \
    -H "ce-type: $TIPHYS_EVENT_TYPE" -H "ce-time: $(date -u +%Y-%m-%dT%H:%M:%SZ)" -H "ce-workflowrun: $TIPHYS_RUN" \
    -H "ce-partitionkey: $TIPHYS_RUN" -H "ce-sequence: $seq" -H "ce-endofstream: $3" -H "ce-tiphyssignature: $mac" \
    -H 'content-type: application/json' --data-binary "$4" "$K_SINK"; do sleep 0.2; done
}
while [ -z "$over" ]; do
  n=$((n + 1)) && publish $n $n '' "{\"tick\":$n}"
  echo $n >"$TIPHYS_STATE/new" && mv "$TIPHYS_STATE/new" "$TIPHYS_STATE/n" # whole, whenever it is killed
  sleep "${TIPHYS_SIDECAR_PARAM_PERIOD:-1}" & wait $!
done
publish end "$n" true ''
