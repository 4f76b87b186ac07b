#!/bin/sh
# Measures Berth beside the tools people use and puts tables and plots into docs/performance.md.
#
#     sudo bench/performance.sh [OPTION...]
#
# Options are those of berth lab bench. Fetches OSHI and psutil first where they are missing, into .berth/peers; ss, lsof, fuser
# and netstat come from the system: apt-get install iproute2 lsof psmisc net-tools

cd -- "$(dirname -- "$0")/.." || exit
. launcher/find-jdk.sh

peers=.berth/peers
oshi=7.5.0 jna=5.19.1 slf4j=2.0.18 psutil=7.2.2

fetch_oshi() {
    if ! has mvn; then
        echo 'berth: mvn is not on PATH: install Maven 3.8 or newer' >&2
        return 1
    fi
    for artifact in "com.github.oshi:oshi-core:$oshi" "com.github.oshi:oshi-common:$oshi" \
        "net.java.dev.jna:jna-jpms:$jna" "net.java.dev.jna:jna-platform-jpms:$jna" "org.slf4j:slf4j-api:$slf4j"; do
        JAVA_HOME=$jdk mvn -B -ntp -q dependency:copy "-Dartifact=$artifact" "-DoutputDirectory=$PWD/$peers/oshi.new" >&2 || return
    done
    mv "$peers/oshi.new" "$peers/oshi"
}

fetch_psutil() {
    python3 -m venv "$peers/python.new" && "$peers/python.new/bin/python3" -m pip -q install "psutil==$psutil" >&2 &&
        mv "$peers/python.new" "$peers/python"
}

find_jdk || no_jdk
./berth version >/dev/null || exit # builds it
[ -d "$peers/oshi" ] || fetch_oshi || echo 'berth: goes on without OSHI, which could not be fetched' >&2
[ -d "$peers/python" ] || fetch_psutil || echo 'berth: goes on without psutil, which could not be fetched' >&2
exec ./berth lab bench --write docs/performance.md "$@"
