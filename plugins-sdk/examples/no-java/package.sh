#!/bin/sh
# Makes the package by hand: PACKAGER is the packager's jar, KEY a key of its keygen.
set -eu
cd "$(dirname "$0")"
exec java -jar "${PACKAGER:?the packager, io.kairos.sdk.packager-*.jar}" pack \
    --id org.example:no-java:1.0.0 --title "A transport in Python" --needs "python3" \
    --features features.xml --key "${KEY:?a key of keygen}" --out "${1:-no-java-1.0.0.kar}" \
    mvn:org.example/no-java/1.0.0/py=link.py
