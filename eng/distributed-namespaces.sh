#!/usr/bin/env bash
# eng/distributed-namespaces.sh: two network namespaces stand for two hosts. Trains with one process in each, started by hand with the
# variables of a Kubernetes PyTorchJob; then starts again, cuts the network between them in the midst of it, and shows when and how
# both end; then continues with one process alone. Needs root and `ip`.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
first=sg-first-$$ second=sg-second-$$ port=29555
limit=60 # Seconds within which all processes must have ended.
processes=()

fail() { printf 'distributed-namespaces: %s\n' "$*" >&2; exit 1; }
[[ $(id -u) == 0 ]] || fail "needs root"
PATH=$PATH:/usr/sbin:/sbin
command -v ip >/dev/null || fail "needs ip (package iproute2)"

cleanup() {
  for process in "${processes[@]+"${processes[@]}"}"; do kill -KILL "$process" 2>/dev/null || true; done
  ip netns del "$first" 2>/dev/null || true
  ip netns del "$second" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

"$root/stylegan" doctor >"$work/doctor.txt" 2>&1 || { cat "$work/doctor.txt"; exit 1; }
program=$root/artifacts/bin/StyleGanSharp.Cli/release/stylegan

ip netns add "$first"
ip netns add "$second"
ip -n "$first" link add inner type veth peer name inner netns "$second"
ip -n "$first" address add 10.77.0.1/24 dev inner
ip -n "$second" address add 10.77.0.2/24 dev inner
for namespace in "$first" "$second"; do
  ip -n "$namespace" link set inner up
  ip -n "$namespace" link set lo up
done

arguments=(train --data "$root/tests/golden/dataset/synthetic-32x32.zip" --outdir "$work/run" --cfg small --batch 8 --batch-gpu 4
  --mbstd-group 4 --cbase 128 --cmax 8 --latent 8 --tick 0.016 --snap 2 --device cpu --threads 1)

start() { # NAMESPACE RANK KIMG
  ip netns exec "$1" env RANK="$2" WORLD_SIZE=2 MASTER_ADDR=10.77.0.1 MASTER_PORT="$port" OMP_WAIT_POLICY=passive \
    "$program" "${arguments[@]}" --kimg "$3" >"$work/rank$2.txt" 2>&1 &
  processes[$2]=$!
}

echo "== Two hosts train 0.08 kimg =="
start "$first" 0 0.08
start "$second" 1 0.08
code=0
wait "${processes[0]}" || code=$?
wait "${processes[1]}" || code=$?
tail -n 3 "$work/rank0.txt"
((code == 0)) || { cat "$work"/rank*.txt; fail "exit code $code"; }

echo "== They go on, and the network between them is cut =="
start "$first" 0 1000
start "$second" 1 1000
lines=$(wc -l <"$work/run/stats.jsonl")
for ((i = 0; i < 600 && $(wc -l <"$work/run/stats.jsonl") < lines + 3; i++)); do sleep 0.2; done
ip -n "$second" link set inner down
cut=$SECONDS
status=0
for rank in 0 1; do
  code=0
  wait "${processes[$rank]}" || code=$?
  took=$((SECONDS - cut))
  echo "rank $rank ended with exit code $code, $took s after the cut: $(tail -n 1 "$work/rank$rank.txt")"
  ((code == 1 && took <= limit)) || status=1
done
grep -q 'rank 1\|Rank 1' "$work/rank0.txt" || { echo "rank 0 does not name rank 1"; status=1; }
grep -q 'Rank 0' "$work/rank1.txt" || { echo "rank 1 does not name rank 0"; status=1; }

echo "== One process goes on alone =="
seen=$(tail -n 1 "$work/run/stats.jsonl" | sed 's/.*"Progress\/kimg":{[^}]*"mean":\([0-9.]*\).*/\1/')
"$program" "${arguments[@]}" --kimg "$(awk -v k="$seen" 'BEGIN { print k + 0.032 }')" 2>&1 | grep -E '^(Continuing|Warning|tick)' | tail -n 4 || status=1
exit "$status"
