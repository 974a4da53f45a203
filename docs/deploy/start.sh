#!/bin/sh
# What a container runs: brings the index in /data up to date, then serves.
set -eu

if [ -z "${SOLEUS_SETTINGS:-}" ] && [ -f "$XDG_DATA_HOME/settings.toml" ]; then
  export SOLEUS_SETTINGS="$XDG_DATA_HOME/settings.toml"
fi

# The image brings an index of its own texts along; a copy saves the first start two minutes.
if [ ! -e "$SOLEUS_INDEX__FOLDER" ]; then
  spare=$(mktemp -d -p "$XDG_DATA_HOME" .index.XXXXXX)
  trap 'rm -rf "$spare"' EXIT
  cp -R index/artifacts/. "$spare"
  # Another process on the same volume may have been quicker: then its copy stays.
  mv -T "$spare" "$SOLEUS_INDEX__FOLDER" 2>/dev/null || rm -rf "$spare"
fi

python -m assistant index
exec python -m assistant serve
