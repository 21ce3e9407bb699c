#!/usr/bin/env bash
# Tests and measurements on a machine with a GPU, which need not have the .NET SDK.
#
#   eng/gpu-check.sh pack FOLDER      here: builds, and copies programs, tests, the shim's source, .NET itself and this script into a folder to be carried along
#   FOLDER/gpu-check.sh run OUT       there: builds the shim against that machine's libtorch, runs the GPU tests and the benchmark (float32 and fast, with graphs and without), writes everything into OUT
#
# There: Linux on x86-64, a driver, PyTorch with CUDA (or LIBTORCH=/folder of a libtorch), cmake and a C++ compiler. Takes about a quarter of an hour.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
me=${0##*/}

fail() {
  printf '%s: %s\n' "$me" "$*" >&2
  exit 2
}

# ---- pack -------------------------------------------------------------------------------------------------------------------

pack() {
  local root=$here/.. folder=$1 name dotnet
  mkdir -p "$folder"
  folder=$(cd -P "$folder" && pwd)
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")") || fail "pack needs the .NET SDK"
  for name in tests/StyleGanSharp.Torch.Tests tests/StyleGanSharp.Networks.Tests tests/StyleGanSharp.Training.Tests src/StyleGanSharp.Cli; do
    dotnet build "$root/$name" -c Release
    rm -rf "${folder:?}/programs/${name##*/}"
    mkdir -p "$folder/programs/${name##*/}"
    cp -R "$root/artifacts/bin/${name##*/}/release/." "$folder/programs/${name##*/}"
  done
  mkdir -p "$folder/dotnet/shared"
  cp -R "$dotnet/dotnet" "$dotnet/host" "$folder/dotnet"
  cp -R "$dotnet/shared/Microsoft.NETCore.App" "$dotnet/shared/Microsoft.AspNetCore.App" "$folder/dotnet/shared"
  rm -rf "$folder/native"
  cp -R "$root/native" "$folder/native"
  cp "$root/eng/gpu-check.sh" "$folder"
  printf '%s holds %s; carry it to the machine with the GPU and call %s/gpu-check.sh run OUT there.\n' "$folder" "$(du -sh "$folder" | cut -f1)" "$folder"
}

# ---- run --------------------------------------------------------------------------------------------------------------------

build_shim() {
  command -v cmake >/dev/null || fail "cmake was not found: install it (package cmake, or the Python package of that name)"
  [[ -n ${LIBTORCH:-} ]] || export LIBTORCH_USE_PYTORCH=1
  if ! { cmake -S "$here/native" -B "$out/native" -DCMAKE_BUILD_TYPE=Release && cmake --build "$out/native" --parallel; } >"$out/native.txt" 2>&1; then
    cat "$out/native.txt"
    fail "the shim could not be built"
  fi
  grep -q 'CUDA streams and graphs: src/cuda.cpp' "$out/native.txt" ||
    fail "the shim was built without CUDA: libtorch has none, or cuda_runtime_api.h is missing (set CUDA_HOME); see $out/native.txt"
}

describe_machine() {
  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv 2>&1 || true
  "$program" doctor --json 2>&1 || true
}

# Tests that need a device, and those that need NVRTC.
run_tests() { # NAME PROJECT FILTER ...
  local name=$1 project=$2
  shift 2
  "$here/programs/$project/$project" --no-progress --no-ansi --results-directory "$out" "$@" >"$out/$name.txt" 2>&1 || status=1
  tail -n 8 "$out/$name.txt"
}

measure() { # NAME VERB OPTION ...
  local name=$1
  shift
  "$program" "$@" --device cuda >"$out/$name.txt" 2>&1 || status=1
  cat "$out/$name.txt"
}

run() {
  mkdir -p "$1"
  out=$(cd -P "$1" && pwd)
  status=0
  program=$here/programs/StyleGanSharp.Cli/stylegan
  build_shim
  export DOTNET_ROOT=$here/dotnet STYLEGAN_NATIVE=$out/native/libstylegan_torch.so STYLEGAN_CACHE=$out/cache OMP_WAIT_POLICY=passive
  describe_machine | tee "$out/machine.txt"
  run_tests tests-driver StyleGanSharp.Torch.Tests --filter-trait Kind=Gpu
  run_tests tests-compiler StyleGanSharp.Networks.Tests --filter-class '*KernelCompilationTests'
  run_tests tests-kernels StyleGanSharp.Networks.Tests --filter-trait Kind=Gpu
  run_tests tests-training StyleGanSharp.Training.Tests --filter-trait Kind=Gpu
  measure bench bench --batch 1,8
  STYLEGAN_CUDA_GRAPHS=0 measure bench-no-graphs bench --batch 1,8
  STYLEGAN_REFERENCE_OPS=1 measure bench-reference bench --batch 1,8
  measure bench-train bench train
  STYLEGAN_CUDA_GRAPHS=train measure bench-train-graphs bench train
  exit $status
}

case ${1:-} in
  pack) [[ $# == 2 ]] || fail "pack needs a folder" && pack "$2" ;;
  run) [[ $# == 2 ]] || fail "run needs a folder for the results" && run "$2" ;;
  *) sed -n '2,/^set -e/{/^#/s/^# \{0,1\}//p;}' "${BASH_SOURCE[0]}" && exit 2 ;;
esac
