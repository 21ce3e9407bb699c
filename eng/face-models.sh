#!/bin/sh
# Makes models/faces: fetches the package @vladmandic/face-api 1.7.15 (MIT) from the npm registry, checks the weights' sums, and
# writes its networks as safetensors files. Needs npm; nothing of the package is run.
#   eng/face-models.sh [OUTDIR]
set -eu

if [ $# -gt 1 ]; then
  echo "usage: eng/face-models.sh [OUTDIR]" >&2
  exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
target=${1:-$root/models/faces}
recipes=$root/artifacts/bin/StyleGanSharp.Recipes/release/recipes
[ -x "$recipes" ] || dotnet build "$root/eng/StyleGanSharp.Recipes" -c Release -v quiet -nologo

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @vladmandic/face-api@1.7.15 >/dev/null
tar xf vladmandic-face-api-1.7.15.tgz package/model package/LICENSE
cd package/model
sha256sum -c - >/dev/null <<'SUMS'
b7503ce7df31039b1c43316a9b865cab6a70dd748cc602d3fa28b551503c3871  tiny_face_detector_model.bin
4611ef65c87d836d03d684b30eec4d195d8b219fa1dd58fc58945831c6b9299b  face_landmark_68_model.bin
9a9840f2cf1f4c7eab95f197512569345c00d2426754d4608b92af30e0300f3d  face_expression_model.bin
49f92bbc0afef2342c4385e4a2b0acb6d7a727c6f0aa539499719a81acf9abaa  age_gender_model.bin
b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589  face_recognition_model.bin
SUMS
"$recipes" faces convert "$work/package/model" "$target"
cp "$work/package/LICENSE" "$target/LICENSE"
