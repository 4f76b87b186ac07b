#!/bin/sh
# Times the start of a packaged Berth beside hello world on the same runtime: the same modules, flags and kind of archive.
#
#     bench/start.sh [--check] [--rounds N] [FOLDER]
#
# FOLDER    what a tarball unpacks to, or /usr; ./package makes one unless it is given
# --rounds  how often each is started, one after the other; 25 unless given, and the medians count
# --check   exit 1 when berth who 1 takes more than 2.2 times as long as hello world
#
# Cold starts read every file of the image from the disk: their pages are dropped from the cache before each.

from=$PWD
cd -- "$(dirname -- "$0")/.." || exit
. launcher/find-jdk.sh

prefix='' check='' rounds=25
while [ $# -gt 0 ]; do
    case $1 in
    --check) check=y ;;
    --rounds)
        shift
        rounds=${1-}
        case $rounds in '' | *[!0-9]* | 0*)
            echo "berth: --rounds takes a number from 1, not '$rounds'" >&2
            exit 2
            ;;
        esac
        ;;
    -*)
        echo "berth: bench/start.sh knows --check and --rounds, not $1" >&2
        exit 2
        ;;
    /*) prefix=$1 ;;
    *) prefix=$from/$1 ;;
    esac
    shift
done

cannot() { # WHAT WHY NEXT
    echo "berth: cannot $1
  why:  $2
  next: $3" >&2
    exit 4
}
has cc || cannot 'time programs' 'there is no C compiler' 'install gcc and libc6-dev'
find_jdk || no_jdk
folder=$(mktemp -d) || exit
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

if [ -z "$prefix" ]; then
    ./package "$folder/packages" >&2
    status=$?
    set -- "$folder"/packages/berth-*-linux-x64.tar.gz
    [ -f "$1" ] || exit "$((status ? status : 70))" # 4 is also that another package cannot be made here
    mkdir "$folder/unpacked" && tar -xzf "$1" -C "$folder/unpacked" || exit
    prefix=$(echo "$folder"/unpacked/*)
fi
prefix=$(cd -- "$prefix" && pwd) || exit
[ -x "$prefix/bin/berth" ] && [ -d "$prefix/lib/berth/start" ] ||
    cannot "time the Berth in $prefix" 'there is no bin/berth with its image in lib/berth' 'name the folder of an unpacked tarball'
cc -O2 -o "$folder/meas" berth-lab/src/main/resources/dev/berth/lab/bench/meas.c || exit

# hello world, as Berth is made: linked as a module beside the same ones, started from an archive of its classes
mkdir "$folder/hello" && cd "$folder/hello" || exit
echo 'module hello { requires java.xml; requires jdk.httpserver; }' >module-info.java
echo 'package hello; class Main { public static void main(String[] args) { System.out.println("hello"); } }' >Main.java
flags=$(sed -e '/^#/d' -e '/^$/d' -e '/native/d' "$OLDPWD/launcher/jvm.options" | tr '\n' ' ')
"$jdk/bin/javac" -d classes module-info.java Main.java || exit
"$jdk/bin/jlink" --module-path classes --add-modules hello --strip-debug --no-header-files --no-man-pages \
    --add-options "$flags" --output image || exit
image/bin/java -Xshare:off -XX:DumpLoadedClassList=classes.lst -m hello/hello.Main >/dev/null || exit
image/bin/java -Xshare:dump -XX:+AOTClassLinking -XX:SharedClassListFile=classes.lst -XX:SharedArchiveFile=hello.jsa \
    -m hello/hello.Main >/dev/null 2>&1 || exit

hello() { "$1" "$folder/errors" "$folder/hello/image/bin/java" "-XX:SharedArchiveFile=$folder/hello/hello.jsa" -m hello/hello.Main; }
berth() { # MEAS WORD...
    meas=$1
    shift
    "$meas" "$folder/errors" "$prefix/bin/berth" "$@"
}
drop() { # FOLDER...: the pages of its files from the cache
    sync
    find "$@" -type f -exec dd if={} iflag=nocache count=0 status=none \;
}
median() { # FILE FIELD DIVISOR
    sort -n -k "$2,$2" "$1" | awk -v field="$2" -v by="$3" '{ all[NR] = $field } END { printf "%.1f", all[int((NR + 1) / 2)] / by }'
}

cd "$folder" || exit
for round in $(seq "$rounds"); do
    hello ./meas >>hello.warm
    berth ./meas who 1 >>who.warm
    berth ./meas doctor >>doctor.warm
done
for round in 1 2 3 4 5; do
    drop "$folder/hello"
    hello ./meas >>hello.cold
    drop "$prefix/lib/berth" "$prefix/bin"
    berth ./meas who 1 >>who.cold
    drop "$prefix/lib/berth" "$prefix/bin"
    berth ./meas doctor >>doctor.cold
done

echo "$("$prefix/bin/berth" version)"
echo
echo '| start | median, ms | processor, ms | peak memory, MiB | cold cache, ms |'
echo '|---|---|---|---|---|'
for what in hello who doctor; do
    case $what in hello) name='hello world' ;; who) name='`berth who 1`' ;; *) name='`berth doctor`' ;; esac
    echo "| $name | $(median $what.warm 1 1000000) | $(median $what.warm 2 1000) | $(median $what.warm 3 1024) | $(median $what.cold 1 1000000) |"
done
ratio=$(awk -v berth="$(median who.warm 1 1)" -v hello="$(median hello.warm 1 1)" 'BEGIN { printf "%.2f", berth / hello }')
echo
echo "\`berth who 1\` ÷ hello world: **$ratio** (required 2.2, stretch 1.5; $rounds rounds)"
echo
echo "Installed: $(du -sm "$prefix/bin" "$prefix/lib/berth" | awk '{ sum += $1 } END { print sum }') MB, of which archives of classes $(du -sm "$prefix/lib/berth/start" | cut -f1) MB, the runtime's library $(du -sm "$prefix/lib/berth/lib/server" | cut -f1) MB."
[ -z "$check" ] || awk -v ratio="$ratio" 'BEGIN { exit !(ratio <= 2.2) }'
