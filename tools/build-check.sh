#!/usr/bin/env bash
# Proves that what is shipped works: sdist, wheel from the sdist, a fresh environment with the locked requirements
# and that wheel, and the sample's nightly run in a folder that holds nothing but config.yaml and samples/.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$PWD/.tools/bin/uv
root=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset PYTHONPATH VIRTUAL_ENV

"$uv" build --quiet --build-constraints requirements/build.txt --require-hashes --out-dir "$scratch/dist"
wheels=("$scratch"/dist/*.whl)
echo "build check: $(ls "$scratch/dist" | tr '\n' ' ')"

"$uv" venv --quiet --python "$root/.venv/bin/python" "$scratch/venv"
install=("$uv" pip install --quiet --python "$scratch/venv/bin/python")
"${install[@]}" --require-hashes --no-build -r requirements/run.txt
"${install[@]}" --no-deps "${wheels[0]}"
"$uv" pip check --quiet --python "$scratch/venv/bin/python"

mkdir "$scratch/work"
cp -r config.yaml samples "$scratch/work/"
cd "$scratch/work"
"$scratch/venv/bin/liaison" --help >/dev/null
"$scratch/venv/bin/liaison" -c config.yaml nightly
find . -path '*/out/*' -o -path './out/*' | grep -q '\.html$' || { echo "build check: no report was written" >&2; exit 1; }
echo "build check: the wheel runs the sample"
