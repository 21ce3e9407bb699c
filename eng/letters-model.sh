#!/bin/sh
# Makes the letters model from nothing: data, training, classifier, evaluation, and models/letters/. Every step goes on where an
# earlier call ended, so the script can be stopped at any time and called again, in pieces of any length:
#   eng/letters-model.sh WORKDIR [SECONDS]
# SECONDS: the training of this call ends after this time (its state is saved; the next call continues exactly). Without it the call
# trains to the end. A call whose training is not over ends with exit code 3 and leaves models/letters/ as it was.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  echo "usage: eng/letters-model.sh WORKDIR [SECONDS]" >&2
  exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)
seconds=${2:-0}
case $seconds in *[!0-9]*)
  echo "eng/letters-model.sh: SECONDS is a whole number, not '$seconds'." >&2
  exit 2
  ;;
esac
model=$root/models/letters

# The options of the run; with others the run's folder has to be another one.
kimg=250
run=$work/run2

# ---- Data and programs -----------------------------------------------------------------------------------------------------

if [ ! -f "$work/letters-32.zip" ] || [ ! -f "$work/letters-32-heldout.zip" ]; then
  "$root/eng/letters-data.sh" "$work"
fi
"$root/stylegan" --version >/dev/null # Builds what is missing, the native part too.
dotnet build "$root/eng/StyleGanSharp.Recipes" -c Release -v quiet -nologo -nodeReuse:false
recipes=$root/artifacts/bin/StyleGanSharp.Recipes/release/recipes
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"

# ---- Training --------------------------------------------------------------------------------------------------------------

# The data set is named without its folder: options.json, which is published, holds the name.
cd "$work"
code=0
timeout --signal=TERM "$seconds" "$root/stylegan" train --data letters-32.zip --outdir "${run##*/}" --cfg small --cond --batch 32 \
  --gamma 0.1 --cbase 1024 --cmax 64 --latent 128 --aug noaug --kimg "$kimg" --tick 2 --snap 5 || code=$?
case $code in
  0) ;;
  124 | 143)
    echo "The training is not over; the same call continues it." >&2
    exit 3
    ;;
  *) exit "$code" ;;
esac

# ---- Classifier, best snapshot, evaluation ---------------------------------------------------------------------------------

if [ ! -f classifier.safetensors ]; then
  # Fails below 90 % on the held-out fonts, and then leaves no classifier.
  "$recipes" letters train-classifier --data letters-32.zip --held-out letters-32-heldout.zip --out classifier.safetensors
fi
best=$("$recipes" letters choose --run "$run" --data letters-32.zip --classifier classifier.safetensors)

rm -rf "$work/model"
mkdir -p "$work/model"
cp "$best" "$work/model/letters.safetensors"
cp "$run/options.json" "$run/stats.jsonl" "$work/model/"
"$recipes" letters evaluate --network "$work/model/letters.safetensors" --data letters-32.zip --classifier classifier.safetensors --json \
  >"$work/model/evaluation.json"
"$recipes" letters grid --network "$work/model/letters.safetensors" --out "$work/model/grid.png"
"$recipes" curve --run "$run" --out "$work/model/curve.png"

# The first number under a name; recognition and variety of all letters stand before those of the classes.
figure() { sed -n "s/^ *\"$1\": \([0-9.]*\),\{0,1\}$/\1/p" "$work/model/evaluation.json" | head -n 1; }
percent() { figure "$1" | awk '{ printf "%.1f %%", 100 * $1 }'; }

cat >"$work/model/README.md" <<EOF
# The letters model

A class-conditional generator of the capital letters A to Z, 32x32, gray, white on black. Trained from nothing by this project's own
\`train\` on two processor cores; the network that \`stylegan generate\` uses where no other is named.

    ./stylegan generate --network letters --class Q --seeds 0-15 --trunc 0.7 --grid 4x4 --outdir out

![one column a class, one row a seed, psi 0.7](grid.png)

## Figures

A small classifier, trained on the same real letters and right on at least 90 % of letters in fonts it has never seen, looks at
generated letters. The distances are in its 128 features.

| what | value | wanted |
|---|---|---|
| generated letters that are recognised, psi 0.7 | $(percent psi_0.7) | 85 % |
| the same, psi 1 | $(percent psi_1) | |
| real letters that are recognised | $(percent real) | |
| variety: mean pairwise distance within a class over that of the real letters, psi 1 | $(percent variety_psi_1) | 70 % |
| Frechet distance to the $(figure letters) real letters, as many generated, psi 1 | $(figure generated_psi_1) | |
| the same between two random halves of the real letters | $(figure real_halves) | |

[evaluation.json](evaluation.json) has them by class. The snapshot is the one nearest to the real letters of the last five
($(basename "$best" .safetensors)).

## Recipe

    eng/letters-model.sh WORKDIR            # data, training, classifier, evaluation, this folder
    eng/letters-model.sh WORKDIR 3600       # the same in pieces of an hour; call it until it says nothing is left

The options of the run are in [options.json](options.json), its statistics in [stats.jsonl](stats.jsonl).

![losses and scores](curve.png)

## Licence

The network was trained on pictures of letters, rendered from the free font families that the Debian packages named in
\`eng/letters-data.sh\` install, each under its own free licence. No font, nor any part of a font file, is in this folder. The
files here are under the licence of the project.
EOF

mkdir -p "$model"
for file in letters.safetensors options.json stats.jsonl evaluation.json grid.png curve.png README.md; do
  cp "$work/model/$file" "$model/$file"
done
"$recipes" letters evaluate --network "$model/letters.safetensors" --data letters-32.zip --classifier classifier.safetensors >&2
