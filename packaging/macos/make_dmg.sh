#!/bin/sh
# Makes dist/carrel-VERSION-macos-ARCH.dmg from dist/Carrel.app, on macOS:
#     packaging/macos/make_dmg.sh 0.1.0
# Written with care and not tried yet: no macOS machine has run it. The app is signed for this purpose only ("ad hoc"),
# so that people open it the first time with a right click and "Open".
set -eu
version=$1
cd "$(dirname "$0")/../.."
app=dist/Carrel.app
test -d "$app" || { echo "First: python3 packaging/dev.py package" >&2; exit 3; }
codesign --force --deep --sign - "$app"
codesign --verify --deep --strict "$app"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ditto "$app" "$folder/Carrel.app"
ln -s /Applications "$folder/Applications"
out="dist/carrel-$version-macos-$(uname -m).dmg"
rm -f "$out"
hdiutil create -volname Carrel -srcfolder "$folder" -format ULMO -fs HFS+ "$out"
hdiutil verify "$out"
echo "$out"
