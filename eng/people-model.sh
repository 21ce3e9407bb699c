#!/bin/sh
# Makes the people model from nothing: data, training at 32 and then at 64 pixels, attribute network, evaluation, and models/people/.
# Every step goes on where an earlier call ended, so the script can be stopped at any time and called again, in pieces of any length:
#   eng/people-model.sh WORKDIR PORTRAITS [SECONDS]
# PORTRAITS: the folder of the rendered portraits, 16,000 of 128x128 with their factors (portraits-128.zip, labels.csv.gz,
# landmarks.json.gz, portraits-128-maps.zip). The project ships a few of them only; the model needs them all.
# SECONDS: the training of this call ends after this time (its state is saved; the next call continues exactly). Without it the call
# trains to the end. A call whose training is not over ends with exit code 3 and leaves models/people/ as it was.
# PEOPLE_SHIP=1: evaluates and publishes the best snapshot so far instead of training on.
set -eu

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
  echo "usage: eng/people-model.sh WORKDIR PORTRAITS [SECONDS]" >&2
  exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
for file in portraits-128.zip portraits-128-maps.zip labels.csv.gz landmarks.json.gz; do
  if [ ! -f "$2/$file" ]; then
    echo "eng/people-model.sh: $2/$file does not exist: PORTRAITS is the folder of the rendered portraits." >&2
    exit 2
  fi
done
mkdir -p "$1"
work=$(cd "$1" && pwd)
portraits=$(cd "$2" && pwd)
seconds=${3:-0}
case $seconds in *[!0-9]*)
  echo "eng/people-model.sh: SECONDS is a whole number, not '$seconds'." >&2
  exit 2
  ;;
esac
model=$root/models/people
began=$(date +%s)
detector=${PEOPLE_DETECTOR:-$root/models/lpips/squeezenet.safetensors}
if [ ! -f "$detector" ]; then
  echo "eng/people-model.sh: $detector does not exist: name SqueezeNet's LPIPS weights in PEOPLE_DETECTOR." >&2
  exit 2
fi

# ---- Options ---------------------------------------------------------------------------------------------------------------

heldout=1000            # The last portraits, for measurements only.
trained=15000
small_kimg=${PEOPLE_SMALL_KIMG:-150}  # 32x32: shape and color cost a third there.
large_kimg=${PEOPLE_KIMG:-600}        # 64x64, from the small network's weights.
samples=${PEOPLE_SAMPLES:-5000}       # Images that are measured.
levels=4,6,16,32        # Chosen before the mixing table was seen: coarse 4-8 pixels, middle 16, fine 32 and 64.

# ---- Programs and data -----------------------------------------------------------------------------------------------------

"$root/stylegan" --version >/dev/null # Builds what is missing, the native part too.
dotnet build "$root/eng/StyleGanSharp.Recipes" -c Release -v quiet -nologo -nodeReuse:false
recipes=$root/artifacts/bin/StyleGanSharp.Recipes/release/recipes
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"

cd "$work"
make_data() { # NAME SIDE COUNT
  [ -f "$1" ] || "$root/stylegan" dataset create --source "$portraits/portraits-128.zip" --dest "$1" --resolution "$2x$2" --max-images "$3"
}
make_data portraits-32.zip 32 "$trained"
make_data portraits-64.zip 64 "$trained"
make_data portraits-64-all.zip 64 "$((trained + heldout))"

# ---- Training --------------------------------------------------------------------------------------------------------------

# The data sets are named without their folder: options.json, which is published, holds the name.
train() { # options
  left=0
  if [ "$seconds" -gt 0 ]; then
    left=$((seconds - ($(date +%s) - began)))
    [ "$left" -gt 0 ] || left=1
  fi
  code=0
  timeout --signal=TERM "$left" "$root/stylegan" train --cfg auto --cbase 4096 --cmax 128 --latent 128 --map-depth 4 --mirror --aug noaug \
    --tick 2 --snap 10 --precision "${PEOPLE_PRECISION:-fast}" --detector "$detector" --metric-samples 1500 "$@" || code=$?
  case $code in
    0) ;;
    124 | 143)
      echo "The training is not over; the same call continues it." >&2
      exit 3
      ;;
    *) exit "$code" ;;
  esac
}
if [ -z "${PEOPLE_SHIP:-}" ]; then
  [ -d people-64 ] ||
    train --data portraits-32.zip --outdir people-32 --batch 32 --gamma 0.02 --kimg "$small_kimg"
  train --data portraits-64.zip --outdir people-64 --batch 32 --gamma 0.05 --kimg "$large_kimg" --resume people-32/training-state.safetensors
fi

# ---- Attribute network, evaluation -----------------------------------------------------------------------------------------

if [ ! -f attributes.safetensors ]; then
  "$recipes" people train-attributes --data portraits-64-all.zip --portraits "$portraits" --held-out "$heldout" --out attributes.safetensors
fi
best=people-64/network-best.safetensors
made=$work/model
rm -rf "$made"
mkdir -p "$made"
"$root/stylegan" convert "$best" "$made/people.safetensors" --storage float16 --levels "$levels"
cp attributes.safetensors people-64/options.json people-64/stats.jsonl "$made/"
"$recipes" people evaluate --network "$made/people.safetensors" --data portraits-64-all.zip --attributes attributes.safetensors \
  --detector "$detector" --held-out "$heldout" --samples "$samples" --pairs "$made/nearest.png" >"$made/evaluation.json"

# ---- Images ----------------------------------------------------------------------------------------------------------------

images() { # VERB options: into a folder of its own; only the named file goes into the model's
  verb=$1
  shift
  "$root/stylegan" "$verb" --network "$made/people.safetensors" "$@" >/dev/null
}
rm -rf images
images generate --seeds 0-63 --trunc 0.7 --grid 8x8 --outdir images/grid
images generate --seeds 0-7 --trunc=-1,-0.5,0,0.5,0.7,1 --outdir images/truncation
images mix --rows 0-4 --cols 10-14 --styles coarse --trunc 0.7 --outdir images/coarse
images mix --rows 0-4 --cols 10-14 --styles middle --trunc 0.7 --outdir images/middle
images mix --rows 0-4 --cols 10-14 --styles fine --trunc 0.7 --outdir images/fine
images video --seeds 3,11,25,42 --w-frames 24 --trunc 0.7 --output images/film.gif
cp images/grid/grid.png "$made/grid.png"
cp images/truncation/grid.png "$made/truncation.png"
for level in coarse middle fine; do cp "images/$level/grid.png" "$made/mix-$level.png"; done
cp images/film.gif "$made/film.gif"
"$recipes" curve --run people-64 --out "$made/curve.png"

# ---- Card ------------------------------------------------------------------------------------------------------------------

{
  cat <<EOF
# The people model

Portraits of people who do not exist, 64x64. A StyleGAN2 trained from nothing by this project's own \`train\` on two processor cores, on
rendered heads: the people in the training data do not exist either. The network that \`stylegan\` uses where no other is named.

    ./stylegan generate --seeds 0-15 --trunc 0.7 --grid 4x4 --outdir out

![64 seeds, psi 0.7](grid.png)

## What it can do, and what it cannot

It draws heads of adults with varied age, gender, skin tone, hair, beard, glasses, expression and pose, at 64x64 pixels. It is a model to try
everything with, not one of photographs: its people look rendered, because they are; eyes and teeth are a few pixels; there are no children,
no hands, no second person, no hats. What the renders do not vary (clothes, jewellery, tattoos), it does not know. Skin tones, ages and
genders occur as the renders sample them, which is evenly and not as in any population: conclusions about people must not be drawn from it.

## Figures

Distances, precision and recall are measured in the feature space of SqueezeNet 1.1 (LPIPS), which makes them no FID. Attributes are read by
the attribute network of this folder, from 2,000 generated portraits and from the $heldout held-out renders.

EOF
  "$recipes" people figures --evaluation "$made/evaluation.json"
  cat <<EOF

The last table is the share of each factor's change that the styles of one level explain, over 500 pairs. [evaluation.json](evaluation.json)
has all numbers. The five generated portraits nearest to a training portrait, beside it:

![pairs](nearest.png)

## Style mixing, truncation, a film

Rows give everything but the styles of the level, which come from the columns: coarse, middle, fine.

![coarse](mix-coarse.png) ![middle](mix-middle.png) ![fine](mix-fine.png)

Truncation of eight seeds, from psi -1 (the opposite person) over 0 (the average) to 1:

![truncation](truncation.png)

![a film between four people](film.gif)

## The attribute network

\`attributes.safetensors\` reads 28 attributes and 68 landmarks from a portrait of 64x64. On the held-out renders, which it never saw, R2: yaw
0.99, pitch 0.90, smile 0.89, age 0.75, gender 0.95, skin tone 0.94, glasses 1.00, beard 0.97, hair length 0.92, hair lightness 0.97; weight
only 0.46. Landmarks are off by 0.44 pixels of 64 on average. It knows renders, not photographs.

## Recipe

    eng/people-model.sh WORKDIR PORTRAITS            # data, training, attribute network, evaluation, this folder
    eng/people-model.sh WORKDIR PORTRAITS 3600       # the same in pieces of an hour; call it until it ends with exit code 0

First $small_kimg kimg at 32x32, then 64x64 from those weights (\`train --resume\` enlarges a StyleGAN2 with skip connections). Options:
[options.json](options.json); statistics: [stats.jsonl](stats.jsonl). This snapshot has seen
$(sed -n 's/.*"kimg":\([0-9.]*\).*/\1/p' people-64/metric-*.jsonl | tail -n 1) kimg at 64x64.

![losses and scores](curve.png)

## Licence

Trained on renders that are CC0 (made from MakeHuman's CC0 assets). The files here are under the licence of the project.
EOF
} >"$made/README.md"

mkdir -p "$model"
cp "$made"/* "$model/"
echo "models/people/ is made."
