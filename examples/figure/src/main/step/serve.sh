#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs within a trial: lets emacs write the page, and Apache serve it.
set -eu
emacs --batch --no-site-file /var/www/html/index.html \
  --eval '(progn (erase-buffer) (insert (getenv "PAGE") "\n") (save-buffer))'
exec apachectl -C 'ServerName localhost' -D FOREGROUND
