#!/usr/bin/env bash
# Sets up, builds, starts the daemon on a local inbox, drops a scanned report into it and shows the record as it
# arrives on the bus.
set -euo pipefail
cd "$(dirname "$0")/.."

deploy/setup.sh
cmake --preset release
cmake --build --preset release --target biaod
biaod=$PWD/build/release/daemon/biaod

place=$PWD/build/demo
rm -rf "$place"
mkdir -p "$place/inbox" "$place/state"
cat > "$place/biaod.toml" <<TOML
state = "$place/state"
[intake]
inbox = "$place/inbox"
min_free_mib = 64
[bus]
publish = "ipc://$place/publish"
pull = "ipc://$place/pull"
TOML

echo "demo: starting the daemon on $place/inbox"
"$biaod" run --config "$place/biaod.toml" 2> "$place/daemon.log" &
daemon=$!
trap 'kill -TERM $daemon 2>/dev/null; wait $daemon 2>/dev/null || true' EXIT

timeout 120 "$biaod" tail --config "$place/biaod.toml" --consumer demo --count 1 > "$place/record.json" &
tail=$!
sleep 1
cp tests/samples/report_2021_scan.tif "$place/inbox/"
echo "demo: dropped report_2021_scan.tif; waiting for its record on the bus"
if ! wait "$tail"; then
  echo "demo: no record arrived; the daemon's log:" >&2
  cat "$place/daemon.log" >&2
  exit 1
fi

jq '{source: .source.name, status, pages: (.pages | length),
     tables: [.tables[] | {id, pages, rows, cols, cells: (.cells | length)}],
     checks: (.checks | group_by(.status) | map({(.[0].status): length}) | add), review, report}' "$place/record.json"
echo "demo: the whole record is in $place/record.json; the original went to $place/inbox/done"
