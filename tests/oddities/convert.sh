#!/usr/bin/env bash
# Has LibreOffice convert some oddities to .xls and .ods, so that these formats carry them too.
# Run it when the generator has changed one of them, then bless again: cut-off.xls is cut out of one.
set -euo pipefail
cd "$(dirname "$0")/files"

xls=(tcvn3-vntime vni-times half-converted points merged-headings hidden-row-and-column count-as-day from-1904
    persons-in-comment)
ods=(tcvn3-vntime decomposed points excel-decimal merged-headings hidden-sheet count-as-day text-days
    persons-in-comment)

soffice --headless --convert-to xls "${xls[@]/%/.xlsx}" >/dev/null
soffice --headless --convert-to ods "${ods[@]/%/.xlsx}" >/dev/null

# The preview picture is most of an .ods and no part of what is read.
for name in "${ods[@]}"; do
    zip --quiet --delete "$name.ods" 'Thumbnails/*' 'Configurations2/*' || true
done
