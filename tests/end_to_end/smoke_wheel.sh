#!/bin/sh
# Installs the built wheel into a clean environment and uses it from /, where no checkout can help.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$BIN/python" -m build --quiet --wheel --outdir "$work/dist" .
"$PYTHON" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --constraint constraints.txt "$work"/dist/*.whl
cp -r tests/plugins/example_plugin "$work/plugin"
"$work/venv/bin/python" -m pip install --quiet --no-deps "$work/plugin"
cd /
"$work/venv/bin/builder" catalogue --json | grep -q example.short_weekday
"$work/venv/bin/builder" knowledge check --json > "$work/knowledge.json"
"$work/venv/bin/python" -c "
import perturbations.knowledge as k
folder = k.data_folder()
assert folder.name == '_data', folder
assert (folder / 'sample' / 'manifest.json').is_file(), folder
print('data found in', folder.parent.name + '/' + folder.name)
"
"$work/venv/bin/builder" build --out "$work/release"
"$work/venv/bin/builder" verify "$work/release" --json > "$work/verify.json"
"$work/venv/bin/benchmark" run majority tfidf rules --out "$work/run" --resamples 50
test -s "$work/run/report.html"
echo "smoke test of the wheel passed"
