#!/usr/bin/env bash
# eng/kill-test.sh [KILLS] [KIMG]: kills a small training run with SIGKILL at random moments, starts it again with the same command,
# and compares its last state, all snapshots and all grids with those of an uninterrupted run, byte for byte. Default: 30 kills, 1.6 kimg.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
kills=${1:-30} kimg=${2:-1.6}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/stylegan" doctor > "$work/doctor.txt" 2>&1 || { cat "$work/doctor.txt"; exit 1; }

run() { # FOLDER
  exec "$root/stylegan" train --data "$root/tests/golden/dataset/synthetic-32x32.zip" --outdir "$work/$1" --cfg small --cond --mirror \
    --batch 8 --batch-gpu 4 --cbase 128 --cmax 8 --latent 16 --pl-weight 2 --style-mixing 0.9 --target 0.01 --kimg "$kimg" --tick 0.08 \
    --snap 5 --save-minutes 0.02 > "$work/$1.txt" 2>&1
}

start=$SECONDS
(run whole)
whole=$((SECONDS - start))
echo "The uninterrupted run took $whole s."

died=0
for ((i = 0; i < kills; i++)); do
  (run killed) &
  pid=$!
  # From before the first step to about a fifteenth of the run, so that all kills fall into it.
  sleep "$(awk -v n="$whole" -v r="$RANDOM" 'BEGIN { print 0.2 + r / 32768 * (1 + n / 15) }')"
  if kill -KILL "$pid" 2> /dev/null; then died=$((died + 1)); fi
  wait "$pid" 2> /dev/null || true
done
(run killed)
echo "$died of $kills starts were killed; the rest had ended before."

status=0
names() { (cd "$work/$1" && printf '%s\n' training-state.safetensors network-snapshot-*.safetensors fakes*.png); }
for file in $(names whole); do
  if cmp "$work/whole/$file" "$work/killed/$file"; then echo "equal: $file"; else status=1; fi
done
if ! diff <(names whole) <(names killed); then status=1; fi
exit $status
