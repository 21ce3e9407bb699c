#!/bin/sh
# Makes the letter data set of the examples: installs free fonts from the Debian packages below (as root or with sudo) and renders
# A to Z in every family. Writes letters-32.zip and, of families kept apart, letters-32-heldout.zip.
#   eng/letters-data.sh OUTDIR
set -eu

if [ $# -ne 1 ]; then
  echo "usage: eng/letters-data.sh OUTDIR" >&2
  exit 2
fi
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"

packages="fontconfig
  fonts-adf-accanthis fonts-adf-berenis fonts-averia-sans-gwf fonts-bebas-neue fonts-beteckna fonts-breip fonts-cabin
  fonts-cabinsketch fonts-cantarell fonts-comfortaa fonts-courier-prime fonts-crosextra-caladea
  fonts-crosextra-carlito fonts-dejavu fonts-dosis fonts-dustin fonts-ebgaramond fonts-ecolier-court fonts-essays1743 fonts-fanwood
  fonts-fantasque-sans fonts-firacode fonts-freefont-ttf fonts-georgewilliams fonts-gfs-artemisia fonts-gfs-didot
  fonts-gfs-neohellenic fonts-goudybookletter fonts-hack fonts-humor-sans fonts-inconsolata fonts-inter fonts-isabella
  fonts-jetbrains-mono fonts-junicode fonts-jura fonts-karla fonts-kristi fonts-lato fonts-levien-museum fonts-liberation2 fonts-linex
  fonts-linuxlibertine fonts-lobster fonts-lobstertwo fonts-monofur fonts-mononoki fonts-national-park fonts-noto-core fonts-okolaks
  fonts-oldstandard fonts-open-sans fonts-oxygen fonts-paratype fonts-play fonts-prociono fonts-quicksand fonts-radisnoir
  fonts-roboto fonts-rufscript fonts-sil-andika fonts-sil-charis fonts-sil-doulos fonts-sil-gentium fonts-sora fonts-staypuft
  fonts-stix fonts-tomsontalks fonts-tuffy fonts-ubuntu-title fonts-urw-base35 fonts-vollkorn
  fonts-yanone-kaffeesatz"

missing=""
for package in $packages; do
  if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then
    # A package that this release does not have is left out; there are enough others.
    apt-cache policy "$package" 2>/dev/null | grep -q 'Candidate: [^(]' && missing="$missing $package"
  fi
done
if [ -n "$missing" ]; then
  as_root=""
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  # shellcheck disable=SC2086 # A list of names.
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends $missing >/dev/null
fi

# Fonts that show keys, ornaments or Greek in the place of letters without saying so.
exec "$root/stylegan" dataset create --source fonts --dest "$1/letters-32.zip" --resolution 32x32 --hold-out 0.1 --force \
  --exclude Symbol --exclude Keyboard --exclude Initials
