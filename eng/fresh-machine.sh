#!/usr/bin/env bash
# Repeats the fresh-machine check: an empty Debian 12 with git, g++, cmake, ca-certificates and the .NET SDK, a clone of this
# repository in it, and the given commands run there as root with an empty home, one after the other, each timed.
#
#   eng/fresh-machine.sh [options] [COMMAND ...]          default: './stylegan --help' and './test'
#
#   --packages LIST   what the machine has besides the base system (default: git,g++,cmake,ca-certificates); leave one out to see
#                     that the launcher brings it
#   --with-changes    lays uncommitted files of this checkout over the clone
#   --no-dotnet       leaves the .NET SDK out
#   --folder DIR      where the base system is kept between checks (default: /var/tmp/stylegansharp-fresh)
#   --keep            keeps the machine of this check and prints its folder
#
# Needs: root, a kernel that lets root mount and chroot, the packages debootstrap and util-linux, a .NET SDK on this machine
# (its folder is mounted read-only), and about 3 GB in DIR. Package sources, apt settings, certificates, proxies, NuGet settings
# and the environment are those of this machine. The folder's `base` is reused; delete it for a newer one.
# shellcheck disable=SC2317 # cleanup is called by a trap.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
suite=bookworm
packages=git,g++,cmake,ca-certificates
folder=/var/tmp/stylegansharp-fresh
with_changes='' with_dotnet=yes keep=''
commands=()

fail() {
  printf 'fresh-machine: %s\n' "$*" >&2
  exit 1
}

while (($#)); do
  case $1 in
    --packages) packages=$2 && shift ;;
    --with-changes) with_changes=yes ;;
    --no-dotnet) with_dotnet='' ;;
    --folder) folder=$2 && shift ;;
    --keep) keep=yes ;;
    -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/!s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" && exit 0 ;;
    -*) fail "unknown option $1 (--help lists them)" ;;
    *) commands+=("$1") ;;
  esac
  shift
done
((${#commands[@]})) || commands=('./stylegan --help' './test')

[[ $(id -u) == 0 ]] || fail "needs root"
for tool in debootstrap unshare chroot git; do
  PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null || fail "needs $tool"
done

# Everything from here on sees its own mounts only; they vanish with the process, however it ends.
if [[ -z ${FRESH_MACHINE_UNSHARED:-} ]]; then
  arguments=(--packages "$packages" --folder "$folder")
  [[ -z $with_changes ]] || arguments+=(--with-changes)
  [[ -n $with_dotnet ]] || arguments+=(--no-dotnet)
  [[ -z $keep ]] || arguments+=(--keep)
  FRESH_MACHINE_UNSHARED=1 exec unshare --mount --propagation private --pid --fork --kill-child \
    bash "${BASH_SOURCE[0]}" "${arguments[@]}" "${commands[@]}"
fi
unset FRESH_MACHINE_UNSHARED

# The mirror and proxy that apt uses here.
# shellcheck disable=SC2016 # For apt-get and the inner shell to expand.
mirror=$(apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" "Codename: $suite" "Component: main" | head -n 1)
[[ -n $mirror ]] || fail "apt has no source for $suite here (apt-get update?)"
proxy=
eval "$(apt-config shell proxy Acquire::http::Proxy)"
[[ -z $proxy || $proxy == DIRECT ]] || export http_proxy=$proxy https_proxy=$proxy

mkdir -p "$folder"
base=$folder/base-$(printf '%s' "$packages" | tr -c 'a-z0-9+\n' '-')
if [[ ! -f $base/.complete ]]; then
  printf 'Making an empty Debian (%s) with %s ...\n' "$suite" "$packages"
  rm -rf "$base"
  mkdir -p "$base"
  if ! DEBIAN_FRONTEND=noninteractive PATH=$PATH:/usr/sbin:/sbin \
    debootstrap --variant=minbase --include="$packages" "$suite" "$base" "$mirror" >"$folder/debootstrap.log" 2>&1; then
    tail -n 20 "$folder/debootstrap.log" >&2
    fail "debootstrap failed; its log: $folder/debootstrap.log"
  fi
  rm -rf "$base"/var/lib/apt/lists/* "$base"/var/cache/apt/archives/*.deb
  touch "$base/.complete"
fi

# The machine: the base below, a new layer on top (a copy where the file system cannot do that).
run=$(mktemp -d "$folder/run.XXXXXX")
machine=$run/root
mkdir "$run/upper" "$run/work" "$machine"
cleanup() {
  if [[ -z $keep ]]; then
    umount -R "$machine" 2>/dev/null || true
    rm -rf --one-file-system "$run"
  fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM
if ! mount -t overlay overlay -o "lowerdir=$base,upperdir=$run/upper,workdir=$run/work" "$machine" 2>/dev/null; then
  cp -a "$base/." "$machine"
fi
mount -t proc proc "$machine/proc"
for device in null zero full random urandom tty; do
  [[ -e $machine/dev/$device ]] || touch "$machine/dev/$device"
  mount --bind "/dev/$device" "$machine/dev/$device"
done

# What this machine knows about the network: names, package sources with their keys, certificates.
cp -L /etc/resolv.conf /etc/hosts /etc/nsswitch.conf "$machine/etc/" 2>/dev/null || true
rm -f "$machine/etc/apt/sources.list" # debootstrap's.
for place in /etc/apt /etc/ssl /usr/share/keyrings /usr/local/share/ca-certificates /usr/share/ca-certificates; do
  [[ -d $place ]] || continue
  mkdir -p "$machine$place"
  cp -aL "$place/." "$machine$place/" 2>/dev/null || true
done

# An empty home, except for the NuGet settings.
home=/home/fresh
mkdir -p "$machine$home"
for settings in "${HOME:-/root}/.nuget/NuGet/NuGet.Config" "${HOME:-/root}/.config/NuGet/NuGet.Config"; do
  if [[ -f $settings ]]; then
    mkdir -p "$machine$home/.nuget/NuGet"
    cp "$settings" "$machine$home/.nuget/NuGet/NuGet.Config"
    break
  fi
done

if [[ -n $with_dotnet ]]; then
  dotnet=$(readlink -f "$(command -v dotnet || echo "${DOTNET_ROOT:-${HOME:-/root}/.dotnet}/dotnet")")
  [[ -x $dotnet ]] || fail "no .NET SDK on this machine"
  mkdir -p "$machine/usr/share/dotnet"
  mount --bind -o ro "${dotnet%/*}" "$machine/usr/share/dotnet"
  ln -s /usr/share/dotnet/dotnet "$machine/usr/bin/dotnet"
fi

# A space in the path: a checkout may lie anywhere.
place="/home/some where/StyleGanSharp"
mkdir -p "$machine${place%/*}"
git clone --quiet --no-hardlinks "$root" "$machine$place"
if [[ -n $with_changes ]]; then
  (cd "$root" && git ls-files -z --modified --others --exclude-standard | xargs -0 --no-run-if-empty cp --parents -at "$machine$place")
fi
printf 'Cloned %s into it.\n' "$(git -C "$machine$place" log -1 --format='%h (%s)')"

result=0
for command in "${commands[@]}"; do
  printf '\n$ %s\n' "$command"
  started=$(date +%s.%N)
  code=0
  # shellcheck disable=SC2016
  env -u LIBTORCH -u LIBTORCH_USE_PYTORCH -u DOTNET_ROOT -u DOTNET_CLI_HOME -u NUGET_PACKAGES -u TMPDIR -u XDG_CONFIG_HOME -u XDG_DATA_HOME \
    HOME=$home PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin SHELL=/bin/bash \
    chroot "$machine" /bin/bash -c 'cd "$1" && eval "$2"' fresh "$place" "$command" </dev/null || code=$?
  printf '[exit code %d after %.1f s]\n' "$code" "$(awk -v a="$started" -v b="$(date +%s.%N)" 'BEGIN { print b - a }')"
  ((code == 0)) || result=1
done

if [[ -n $keep ]]; then
  printf '\nKept: %s (upper layer: %s)\n' "$machine" "$run/upper"
fi
exit "$result"
