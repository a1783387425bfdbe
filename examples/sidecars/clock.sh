#!/bin/sh
# An event sidecar in shell: an event per second, until its task has ended. The contract: docs/sidecars.md
n=$(cat "$TIPHYS_STATE/n" 2>/dev/null || echo 0) over=
trap 'over=1' TERM
signed() { # NAME VALUE ..., sorted; what is empty is not sent
  while [ $# -gt 0 ]; do
    [ -z "$2" ] || printf '%d:%s%d:%s' ${#1} "$1" ${#2} "$2"
    shift 2
  done
  printf 0:
}
publish() { # NAME NUMBER END DATA
  id="$TIPHYS_INSTANCE_UID/$TIPHYS_CONTAINER/clock/$1" seq=$(printf %012d "$2") time=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  mac=$({
    signed datacontenttype application/json endofstream "$3" id "$id" partitionkey "$TIPHYS_RUN" sequence "$seq" \
      source "$TIPHYS_SOURCE" specversion 1.0 task "$TIPHYS_TASK" time "$time" type "$TIPHYS_EVENT_TYPE" workflowrun "$TIPHYS_RUN"
    printf %s "$4"
  } | openssl dgst -sha256 -hmac "${TIPHYS_KEY#*.}" | sed 's/.* //')
  until curl -sf -o /dev/null --max-time 10 -H 'ce-specversion: 1.0' -H "ce-id: $id" -H "ce-source: $TIPHYS_SOURCE" \
    -H "ce-type: $TIPHYS_EVENT_TYPE" -H "ce-time: $time" -H "ce-task: $TIPHYS_TASK" -H "ce-workflowrun: $TIPHYS_RUN" \
    -H "ce-partitionkey: $TIPHYS_RUN" -H "ce-sequence: $seq" -H "ce-endofstream: $3" \
    -H "ce-tiphyssignature: v2.${TIPHYS_KEY%%.*}.$mac" \
    -H 'content-type: application/json' --data-binary "$4" "$K_SINK"; do sleep 0.2; done
}
while [ -z "$over" ]; do
  n=$((n + 1)) && publish $n $n '' "{\"tick\":$n}"
  echo $n >"$TIPHYS_STATE/new" && mv "$TIPHYS_STATE/new" "$TIPHYS_STATE/n" # whole, whenever it is killed
  sleep "${TIPHYS_SIDECAR_PARAM_PERIOD:-1}" & wait $!
done
publish end "$n" true ''
