# Shared by ./stylegan and ./test, which source it: bring what is missing, build, and know when neither is needed.
# Works with bash 3.2. Everything said here goes to standard error; standard output belongs to the verb.
# shellcheck shell=bash

# How OpenMP threads wait between parallel regions, unless the user has said so. Active waiting burns the cores that .NET's
# own threads (decoding, data loading) need.
default_omp_wait_policy=passive

: "${root:?names the checkout}"
artifacts=$root/artifacts
logs=$artifacts/logs
stamp=$artifacts/stylegan.stamp
build_lock=$artifacts/build.lock
built_program=$artifacts/bin/StyleGanSharp.Cli/release/stylegan
# The same, compiled for this machine before it runs: it starts 0.3 s sooner.
ahead=$artifacts/ahead
program=$ahead/stylegan
[[ -x $program ]] || program=$built_program
command_line_project=$root/src/StyleGanSharp.Cli/StyleGanSharp.Cli.csproj
unfinished="(no finished build)"
me=${0##*/}
child=

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 1
}

# ---- Is the last build still good? ------------------------------------------------------------------------------------------

# The build files at the root, by name: one that was added or removed counts as a change too.
root_build_files() {
  local file names=
  for file in "$root"/Directory.*.props "$root"/Directory.*.targets "$root"/global.json "$root"/[Nn]u[Gg]et.[Cc]onfig; do
    [[ -f $file ]] && names="$names ${file##*/}"
  done
  printf '%s' "$names"
}

# Reads the stamp: what was there at the last build, which .NET built it, and which libtorch the user had named.
read_stamp() {
  built_files='' built_dotnet_root='' built_libtorch='' built_use_pytorch=''
  [[ -f $stamp ]] || return 1
  {
    IFS= read -r built_files
    IFS= read -r built_dotnet_root
    IFS= read -r built_libtorch
    IFS= read -r built_use_pytorch
  } <"$stamp"
}

# True when the program can be started as it is. A removed file shows as a newer folder.
is_up_to_date() {
  read_stamp || return 1
  [[ -x $program && -d $built_dotnet_root/shared && $built_files == "$(root_build_files)" ]] || return 1
  [[ -z ${LIBTORCH+set} || $LIBTORCH == "$built_libtorch" ]] || return 1
  [[ -z ${LIBTORCH_USE_PYTORCH+set} || $LIBTORCH_USE_PYTORCH == "$built_use_pytorch" ]] || return 1
  local sources=("$root/src" "$root/native" "$root/eng" "$root/global.json" "$root"/Directory.*.props)
  # The scripts in eng/ build nothing. An error of find's counts as a change.
  [[ -z $(find "${sources[@]}" -newer "$stamp" ! -path "$root/eng/*.sh" -print -quit 2>&1) ]]
}

# ---- Interrupts -------------------------------------------------------------------------------------------------------------

# Ends the running command with everything it started; what it leaves half done, the next call does again.
interrupted() {
  trap '' INT TERM HUP
  if [[ -n $child ]]; then
    local tries=0
    kill -INT -- "-$child" || true
    while kill -0 -- "-$child" && ((tries++ < 50)); do sleep 0.1; done
    kill -KILL -- "-$child" || true
    wait "$child" || true
  fi 2>/dev/null
  printf 'Interrupted.\n' >&8
  exit "$1"
}

leave() {
  rm -f "$artifacts"/stylegan.building."$$"* 2>/dev/null
  [[ -n ${lock_folder:-} ]] && rm -rf "$lock_folder"
  return 0
}

# Runs a command in its own process group with its output in a file, so that an interrupt ends all of it however it was sent.
run_logged() {
  local log=$1 code=0
  shift
  set -m
  "$@" >"$log" 2>&1 </dev/null 8>&- &
  child=$!
  set +m
  # A crash is told by the caller, not by the shell.
  { wait "$child" || code=$?; } 2>/dev/null
  child=
  return "$code"
}

# ---- One build at a time ----------------------------------------------------------------------------------------------------

prepare_artifacts() {
  exec 8>&2 # What an interrupt says is not part of anything redirected.
  trap leave EXIT
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP
  if ! mkdir -p "$logs" 2>/dev/null || [[ ! -w $artifacts || ! -w $logs ]]; then
    say "$me: cannot build: the folder $artifacts cannot be written to."
    fail "Work in a copy of the checkout that is yours, or make that folder writable."
  fi
}

# Held by descriptor 9, which the build inherits: while any part of a build runs, no other one starts.
lock_build() {
  if command -v flock >/dev/null; then
    { exec 9>>"$build_lock"; } 2>/dev/null || fail "$me: cannot build: $build_lock cannot be written to."
    if ! flock -n 9; then
      say "Waiting for another build of this checkout ..."
      flock 9
    fi
    return
  fi
  local holder waiting=
  until mkdir "$build_lock.d" 2>/dev/null; do
    holder=$(cat "$build_lock.d/pid" 2>/dev/null || true)
    if [[ -n $holder ]] && ! ps -p "$holder" >/dev/null 2>&1; then
      rm -rf "$build_lock.d" # Its holder is gone.
      continue
    fi
    if [[ -z $holder && -n $(find "$build_lock.d" -maxdepth 0 -mmin +1 2>/dev/null) ]]; then
      rm -rf "$build_lock.d" # Its holder ended before it could write its number.
      continue
    fi
    [[ -n $waiting ]] || say "Waiting for another build of this checkout ..."
    waiting=yes
    sleep 0.5
  done
  lock_folder=$build_lock.d
  echo "$$" >"$lock_folder/pid"
}

unlock_build() {
  if [[ -n ${lock_folder:-} ]]; then
    rm -rf "$lock_folder"
    lock_folder=
  else
    exec 9>&-
  fi
}

# ---- What the machine must have ---------------------------------------------------------------------------------------------

# Looks for a .NET SDK 10: DOTNET_ROOT, the PATH, then the places where installers put it. Sets dotnet and dotnet_root.
find_dotnet() {
  local candidate real
  for candidate in "${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}" "$(command -v dotnet || true)" "${HOME:+$HOME/.dotnet/dotnet}" \
    /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet; do
    [[ -n $candidate && -x $candidate ]] || continue
    # The folder of the real program: a link on the PATH has no shared frameworks beside it.
    real=$(readlink -f "$candidate" 2>/dev/null || echo "$candidate")
    if DOTNET_ROOT='' "$real" --list-sdks 2>/dev/null | grep -q '^10\.'; then
      dotnet=$real
      dotnet_root=${real%/*}
      return 0
    fi
  done
  return 1
}

has_library() {
  local ldconfig
  ldconfig=$(PATH=$PATH:/sbin:/usr/sbin command -v ldconfig) || return 0 # Not Linux: the program itself will say.
  # Not through `grep -q`: it ends early, and pipefail would report ldconfig's broken pipe.
  [[ $("$ldconfig" -p 2>/dev/null) == *"$1"* ]]
}

has_system_libtorch() {
  local file
  for file in /usr/{local/,}{share,lib,lib64,lib/*}/cmake/Torch/TorchConfig.cmake; do
    [[ -f $file ]] && return 0
  done
  return 1
}

# Headers that libtorch's own name, but do not bring: training in several processes needs them when the shim is built.
has_gloo() { [[ -f /usr/include/gloo/config.h ]]; }

# A package brings libvips for these; the list is PlatformsWithLibvips of src/StyleGanSharp.Data/StyleGanSharp.Data.csproj.
has_own_libvips() { [[ $(uname -m) == x86_64 || $(uname -m) == aarch64 || $(uname -m) == arm64 ]]; }

has_compiler() {
  command -v "${CXX:-c++}" >/dev/null || command -v g++ >/dev/null || command -v clang++ >/dev/null
}

# Sets two lists of package names: what a build cannot do without, and what the program works better or opens more with.
find_missing() {
  required=() useful=()
  find_dotnet || required+=(dotnet-sdk-10.0)
  has_compiler || required+=(g++)
  command -v cmake >/dev/null || required+=(cmake)
  [[ -n ${CMAKE_GENERATOR:-} ]] || command -v make >/dev/null || required+=(make)
  if [[ -z ${LIBTORCH:-} && ${LIBTORCH_USE_PYTORCH:-0} == [0Nn]* ]]; then
    has_system_libtorch || required+=(libtorch-dev)
    has_library libopenblas.so.0 || useful+=(libopenblas0-pthread)
    has_gloo || useful+=(libgloo-dev)
  fi
  has_own_libvips || has_library libvips.so.42 || useful+=(libvips42)
}

# Sets as_root to the prefix that makes a command run as root; false when there is none.
can_install() {
  as_root=()
  command -v apt-get >/dev/null || return 1
  [[ $(id -u) != 0 ]] || return 0
  command -v sudo >/dev/null || return 1
  as_root=(sudo)
  # Without a terminal nobody can type a password.
  sudo -n true 2>/dev/null || [[ -t 0 && -t 2 ]]
}

# The build lock's descriptor is closed for apt: a service that a package starts must not hold it.
run_apt() { "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive "$@" >>"$logs/install.log" 2>&1 </dev/null 9>&-; }

# apt's lists are fetched only when the packages cannot be had with those that are there (none yet, or out of date).
apt_install() {
  local install=(apt-get install --no-install-recommends -y -o DPkg::Lock::Timeout=600 "$@")
  run_apt "${install[@]}" && return
  run_apt dpkg --configure -a # Where an earlier installation was interrupted.
  run_apt apt-get -o DPkg::Lock::Timeout=600 update
  run_apt "${install[@]}"
}

explain_missing() {
  say "$me: missing: $*"
  local package
  for package; do
    case $package in
      dotnet-sdk-10.0) say "  dotnet-sdk-10.0   the .NET SDK 10, not in Debian's own packages: https://dot.net (found through PATH, DOTNET_ROOT or ~/.dotnet)" ;;
      g++) say "  g++               a C++ compiler (CXX names another one)" ;;
      cmake | make) say "$(printf '  %-17s builds the C++ shim' "$package")" ;;
      libtorch-dev) say "  libtorch-dev      libtorch; or set LIBTORCH to the folder of one, or LIBTORCH_USE_PYTORCH=1 to use the installed Python torch" ;;
    esac
  done
  local packages=" $* ${useful[*]+"${useful[*]}"}"
  packages=${packages/ dotnet-sdk-10.0/}
  packages=${packages% }
  [[ -z $packages ]] || say "On Debian or Ubuntu, as root: apt-get install --no-install-recommends$packages"
}

# Brings what is missing, or says in one message what to install.
ensure_tools() {
  find_missing
  ((${#required[@]} + ${#useful[@]})) || return 0
  local wanted=("${required[@]+"${required[@]}"}" "${useful[@]+"${useful[@]}"}") with=
  # Debian itself has no .NET; Ubuntu and Microsoft's package source have.
  if [[ " ${wanted[*]} " == *" dotnet-sdk-10.0 "* ]] && ! apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then
    explain_missing "${required[@]}"
    exit 1
  fi
  if can_install; then
    [[ ${#as_root[@]} == 0 ]] || with=" (with sudo)"
    say "Installing ${wanted[*]}$with ..."
    : >"$logs/install.log"
    if ! apt_install "${wanted[@]}"; then
      grep -E '^(E|W|Err|dpkg): ?' "$logs/install.log" | tail -n 8 >&2 || tail -n 8 "$logs/install.log" >&2
      say "The installation failed; its log: $logs/install.log"
    fi
    hash -r
    find_missing
    # A shim that was built without them is built again.
    [[ " ${wanted[*]} " != *" libgloo-dev "* ]] || ! has_gloo || rm -rf "$artifacts/native"
  fi
  if ((${#required[@]})); then
    explain_missing "${required[@]}"
    exit 1
  fi
  ((${#useful[@]} == 0)) || say "Going on without: ${useful[*]} (images need libvips42 on this processor; libopenblas0-pthread makes libtorch many times faster; training in several processes needs libgloo-dev)."
}

# ---- Building ---------------------------------------------------------------------------------------------------------------

# Tried rather than asked: root may write everywhere, but not make a folder in /proc.
has_writable_home() {
  [[ -n ${HOME:-} && -d $HOME ]] && mkdir -p "$HOME/.dotnet" "$HOME/.nuget" 2>/dev/null && [[ -w $HOME/.dotnet && -w $HOME/.nuget ]]
}

# What dotnet needs to run unattended, leave no process behind, and not depend on a writable home.
set_dotnet_environment() {
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
  export DOTNET_ROOT=$dotnet_root PATH=$dotnet_root:$PATH
  has_library libicuuc.so || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
  if [[ -z ${DOTNET_CLI_HOME:-} ]] && ! has_writable_home; then
    local old_settings=${HOME:-/nonexistent}/.nuget/NuGet/NuGet.Config
    export HOME=$artifacts/home DOTNET_CLI_HOME=$artifacts/home
    mkdir -p "$HOME/.nuget/NuGet"
    [[ ! -r $old_settings || -e $HOME/.nuget/NuGet/NuGet.Config ]] || cp "$old_settings" "$HOME/.nuget/NuGet/NuGet.Config"
  fi
}

run_dotnet() {
  local log=$1
  shift
  run_logged "$log" env_dotnet "$@"
}

env_dotnet() {
  set_dotnet_environment
  exec "$dotnet" "$@"
}

# A libtorch that the user named once is kept until another is named (or an empty one, which means the system's). The shim is
# built anew when the choice or the checkout's place changes: CMake remembers both.
choose_libtorch() {
  if [[ -z ${LIBTORCH+set} && -z ${LIBTORCH_USE_PYTORCH+set} ]]; then
    [[ -z $built_libtorch ]] || export LIBTORCH=$built_libtorch
    [[ -z $built_use_pytorch ]] || export LIBTORCH_USE_PYTORCH=$built_use_pytorch
  fi
  local cache=$artifacts/native/CMakeCache.txt
  if [[ ${LIBTORCH:-} != "$built_libtorch" || ${LIBTORCH_USE_PYTORCH:-} != "$built_use_pytorch" ]] ||
    { [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root/native" "$cache"; }; then
    rm -rf "$artifacts/native"
  fi
}

# write_stamp FILE BUILT_FILES LIBTORCH LIBTORCH_USE_PYTORCH
write_stamp() { printf '%s\n' "$2" "$dotnet_root" "$3" "$4" >"$1"; }

begin_build() {
  prepare_artifacts
  lock_build
  rm -f "$artifacts"/stylegan.building.* # Of a call that was killed.
  read_stamp || true
}

# For a launcher that goes on as another program.
end_build() {
  unlock_build
  leave
  trap - EXIT INT TERM HUP
  exec 8>&-
}

# Runs the given build function with everything it needs in place. The stamp is valid only after all of it, and is as old as
# the start: a file that changes during the build counts as changed.
build_with_stamp() {
  local next=$artifacts/stylegan.building.$$
  ensure_tools
  choose_libtorch
  write_stamp "$next" "$(root_build_files)" "${LIBTORCH:-}" "${LIBTORCH_USE_PYTORCH:-}"
  write_stamp "$next.old" "$unfinished" "$built_libtorch" "$built_use_pytorch"
  mv -f "$next.old" "$stamp"
  "$@"
  mv -f "$next" "$stamp"
}

# The same for a build that leaves the command line out: its stamp stays as it is, unless the libtorch under it changed.
build_without_stamp() {
  ensure_tools
  choose_libtorch
  "$@"
  if [[ ${LIBTORCH:-} != "$built_libtorch" || ${LIBTORCH_USE_PYTORCH:-} != "$built_use_pytorch" ]]; then
    write_stamp "$artifacts/stylegan.building.$$" "$unfinished" "${LIBTORCH:-}" "${LIBTORCH_USE_PYTORCH:-}"
    mv -f "$artifacts/stylegan.building.$$" "$stamp"
  fi
}

dotnet_build() {
  local log=$logs/build.log
  rm -f "$log"
  # The log of a quiet build would lack what CMake says.
  if ! run_dotnet "$log.quiet" build "$1" -c Release --nologo -v quiet -nodeReuse:false -p:UseSharedCompilation=false \
    -fileLogger "-fileLoggerParameters:LogFile=$log;Verbosity=normal"; then
    [[ -s $log ]] || mv "$log.quiet" "$log"
    show_errors "$logs/build.log"
    fail "The build failed; its log: $logs/build.log"
  fi
}

build_command_line() {
  if [[ -x $built_program ]]; then
    say "Building what changed ..."
  else
    say "Building (once; about a minute) ..."
  fi
  dotnet_build "$command_line_project"
  [[ -x $built_program ]] || fail "The build made no $built_program; its log: $logs/build.log"
  compile_ahead
}

# Its compiler is a package that no build needs: without it the program is compiled while it runs.
compile_ahead() {
  local log=$logs/ahead.log next=$artifacts/ahead.building
  rm -rf "$next"
  program=$built_program
  if run_dotnet "$log" publish "$command_line_project" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true \
    -o "$next" --nologo -nodeReuse:false -p:UseSharedCompilation=false && [[ -x $next/stylegan ]]; then
    rm -rf "$ahead"
    mv "$next" "$ahead"
    program=$ahead/stylegan
  else
    rm -rf "$next" "$ahead"
    say "The program could not be compiled ahead and starts a little slower; the log: ${log#"$root"/}"
  fi
}

# The text of compiler errors (once each, without the project that MSBuild appends) and of CMake's (a heading and its indented
# explanation); without any, the end of the log.
show_errors() {
  local errors
  errors=$(sed -e 's/ \[[^][]*proj\]$//' -e 's/^ *[0-9:]*>//' -e "s|$root/||g" "$1" | awk '
    /CMake Error/ { inside = 1; sub(/^ +/, "") }
    inside && /^ *$/ { if (++blank > 2) inside = 0; next }
    inside && !/CMake Error/ && !/^  / { inside = 0 }
    inside || /(: |^ *)(fatal )?error[ :]/ { blank = 0; sub(/^ +/, inside ? "  " : ""); if (!seen[$0]++ && ++shown <= 25) print }')
  if [[ -n $errors ]]; then
    printf '%s\n' "$errors" >&2
  else
    tail -n 20 "$1" >&2
  fi
}

# ---- Starting ---------------------------------------------------------------------------------------------------------------

# For the verb and the tests; never for the build.
set_program_environment() {
  [[ -n ${OMP_WAIT_POLICY+set} ]] || export OMP_WAIT_POLICY=$default_omp_wait_policy
  # Where the program finds .NET when it lies in no standard place.
  [[ -n ${DOTNET_ROOT:-} ]] || export DOTNET_ROOT=$1
}
