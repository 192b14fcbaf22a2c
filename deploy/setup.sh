#!/usr/bin/env bash
# Installs every Debian 12 package that biaod needs: to build, to run, to be tested. Safe to run again.
set -euo pipefail

packages=(
  # build
  g++ cmake ninja-build pkg-config ccache git ca-certificates
  # libraries
  libtesseract-dev libleptonica-dev libpoppler-cpp-dev libpoppler-glib-dev libpoppler-private-dev libopencv-dev
  libzmq3-dev cppzmq-dev libspdlog-dev nlohmann-json3-dev libtomlplusplus-dev libcli11-dev libexpected-dev
  libsqlite3-dev libssl-dev libicu-dev libexif-dev libsystemd-dev libseccomp-dev libcpp-httplib-dev libxlsxwriter-dev
  libpango1.0-dev libcairo2-dev
  # language data: Chinese for the text, a second network for it, English as the second reader of figures
  tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-script-hans tesseract-ocr-eng
  # encodings of PDF fonts that are not embedded
  poppler-data
  # the demonstration
  jq
  # tests, synthesiser, benchmarks; systemd-analyze scores the unit, LibreOffice opens the workbooks
  systemd clang libclang-rt-dev python3-zmq zlib1g-dev libgtest-dev libgmock-dev libbenchmark-dev libvalijson-dev
  # tests of the review page in a real browser
  chromium chromium-driver python3 openssl
  libreoffice-calc-nogui
  fonts-noto-cjk fonts-wqy-zenhei fonts-wqy-microhei fonts-arphic-uming fonts-arphic-ukai
)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ "${#missing[@]}" -eq 0 ]; then
  echo "setup: everything is installed"
  exit 0
fi

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
echo "setup: installing ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
