#!/usr/bin/env bash
# eng/distributed-efficiency.sh [REPEATS] [OPTION ...]: seconds per thousand images of training in 2 processes with 1 thread each against
# 1 process with 2 threads, alternating, and their quotient: the efficiency. For a machine of 2 cores that does nothing else.
# Default: 2 repeats of StyleGAN2 at 32x32, batch 32 (some minutes). Further arguments go to `train`.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
repeats=${1:-2}
shift || true
needed=0.9
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$root/stylegan" doctor >"$work/doctor.txt" 2>&1 || { cat "$work/doctor.txt"; exit 1; }

train() { # NAME OPTION ...
  local name=$1
  shift
  "$root/stylegan" train --data "$root/tests/golden/dataset/synthetic-32x32.zip" --outdir "$work/$name" --cfg small --batch 32 --mbstd-group 4 \
    --tick 0.512 --kimg 1.056 --snap 0 --device cpu "$@" >"$work/$name.txt" 2>&1 || { cat "$work/$name.txt"; exit 1; }
}

# Ticks of 16 iterations, with one R1 each; the first tick is the first iteration alone. The fastest: others may have disturbed the rest.
seconds() { sed -n 's/^tick .* sec\/kimg \([0-9.]*\) .*/\1/p' "$work/$1.txt" | tail -n +2 | sort -g | head -n 1; }

for ((i = 1; i <= repeats; i++)); do
  train "one$i" --threads 2 "$@"
  train "two$i" --threads 1 --processes 2 "$@"
  printf 'repeat %d: 1 process x 2 threads %s s/kimg, 2 processes x 1 thread %s s/kimg; %s\n' "$i" "$(seconds "one$i")" "$(seconds "two$i")" \
    "$(grep '^Exchanges' "$work/two$i.txt")"
done
best() { for ((i = 1; i <= repeats; i++)); do seconds "$1$i"; done | sort -g | head -n 1; }
awk -v one="$(best one)" -v two="$(best two)" -v needed="$needed" 'BEGIN {
  printf "efficiency %.3f (needed: %.2f)\n", one / two, needed
  exit one / two < needed
}'
