#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The lowest layer of the figure: a Debian root file system, out of Debian's own packages, as target/debian.tar. Needs
# mmdebstrap, and root or subordinate ids. An argument is a mirror to take the packages from.
set -eu
cd "$(dirname "$0")"
mkdir -p target
export SOURCE_DATE_EPOCH=0
mmdebstrap --quiet --variant=apt --aptopt='Acquire::Languages "none"' \
  bookworm target/debian.tar ${1:+"$1"}
