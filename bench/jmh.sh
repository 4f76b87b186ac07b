#!/bin/sh
# Runs the JMH benches of berth-lab: arguments are JMH's own, as in bench/jmh.sh TupleBench -prof gc

cd -- "$(dirname -- "$0")/.." || exit
. bench/lab.sh
build_lab
exec "$jdk/bin/java" -cp "$lab" org.openjdk.jmh.Main "$@"
