#!/bin/sh
# Times berth explain beside grep -cE for the same errors, over the same log in the page cache.
#
#     bench/explain.sh [--quick] [--check]
#
# --quick   50 MB instead of 1 GB: starting the JVM weighs more, so its ratio says little
# --check   exit 1 when berth takes more than three times as long as grep does in the locale in force
#
# The log is the same on every run: 32 MB of access lines of nginx, lines of Java with stack traces and lines of JSON, one in a
# thousand with an error, again and again. Each round times all, one after the other; the medians of five rounds count.

cd -- "$(dirname -- "$0")/.." || exit

size=1000 check=''
for option; do
    case $option in
    --quick) size=50 ;;
    --check) check=y ;;
    *)
        echo "berth: bench/explain.sh knows --quick and --check, not $option" >&2
        exit 2
        ;;
    esac
done

cannot() { # WHAT WHY NEXT
    echo "berth: cannot $1
  why:  $2
  next: $3" >&2
    exit 4
}
[ -x /usr/bin/time ] || cannot 'time programs' 'there is no /usr/bin/time' 'install the package time'

folder=$(mktemp -d) || exit
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP
log=$folder/log

chunk() { # MEGABYTES
    awk -v size="$(($1 * 1000000))" '
function next_of(n) { seed = (seed * 16807) % 2147483647; return seed % n }
function one_of(words, n) { return words[1 + next_of(n)] }
BEGIN {
    seed = 20261122
    split("GET POST PUT HEAD", verbs, " ")
    split("/ /api/v1/orders /static/app.js /login /health /api/v1/customers/42/invoices?page=3 /favicon.ico", paths, " ")
    split("com.example.shop.OrderService com.example.shop.CartController org.springframework.web.servlet.DispatcherServlet " \
        "org.apache.catalina.core.StandardWrapperValve io.netty.channel.nio.NioEventLoop", classes, " ")
    split("info warn debug error", levels, " ")
    split("bind() to 0.0.0.0:80 failed (98: Address already in use)|java.net.BindException: Cannot assign requested address|" \
        "Error: listen EADDRINUSE: address already in use :::3000|OSError: [Errno 98] Address already in use|" \
        "dial tcp 10.0.0.9:443: connect: cannot assign requested address", errors, "|")
    while (bytes < size) {
        clock = sprintf("%02d:%02d:%02d", int(seconds / 3600) % 24, int(seconds / 60) % 60, seconds % 60)
        seconds += next_of(10) == 0
        kind = next_of(100)
        if (next_of(1000) == 0) {
            line = "2026/11/22 " clock " [emerg] 1#1: " one_of(errors, 5)
        } else if (kind < 60) {
            line = "10.0." next_of(256) "." next_of(256) " - - [22/Nov/2026:" clock " +0000] \"" one_of(verbs, 4) " " \
                one_of(paths, 7) " HTTP/1.1\" " (next_of(20) ? 200 : 502) " " next_of(90000) \
                " \"https://shop.example.com/\" \"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\""
        } else if (kind < 75) {
            line = "{\"time\":\"2026-11-22T" clock "." next_of(1000) "Z\",\"level\":\"" one_of(levels, 4) "\",\"logger\":\"" \
                one_of(classes, 5) "\",\"msg\":\"order " next_of(1000000) " accepted, connection to 10.0.0." next_of(256) \
                ":5432 took " next_of(900) " ms\",\"thread\":\"http-nio-8080-exec-" next_of(200) "\"}"
        } else if (kind < 97) {
            line = "2026-11-22 " clock "," next_of(1000) " INFO  [http-nio-8080-exec-" next_of(200) "] " one_of(classes, 5) \
                " - request " next_of(1000000) " for port " next_of(65536) " was rejected in " next_of(900) " ms"
        } else {
            line = "2026-11-22 " clock "," next_of(1000) " ERROR [main] " one_of(classes, 5) \
                " - java.lang.IllegalStateException: cannot open the socket of session " next_of(1000000)
            for (depth = 0; depth < 20; depth++) line = line "\n\tat " one_of(classes, 5) ".invoke(Source.java:" next_of(900) ")"
        }
        print line
        bytes += length(line) + 1
    }
}'
}

echo "making a log of $size MB" >&2
chunk $((size < 32 ? size : 32)) >"$folder/chunk" || exit
while [ "$(wc -c <"$folder/chunk")" -gt 0 ] && { [ ! -e "$log" ] || [ "$(wc -c <"$log")" -lt $((size * 1000000)) ]; }; do
    cat "$folder/chunk" >>"$log" || exit
done
bytes=$(wc -c <"$log")

words='EADDRINUSE|EADDRNOTAVAIL|EACCES|ENOBUFS|AddrInUse|AddrNotAvailable|WSAEADDRINUSE|WSAEADDRNOTAVAIL|WSAEACCES|WSAENOBUFS'
words="$words|Address already in use|Cannot assign requested address|Can't assign requested address|No buffer space available"
words="$words|Only one usage of each socket address|forbidden by its access permissions|not valid in its context"
words="$words|10048|10049|10013|10055"

timed() { # NAME COMMAND...: a line of seconds and KiB in $folder/NAME
    name=$1
    shift
    /usr/bin/time -q -f '%e %M' -o "$folder/time" "$@" >"$folder/output" 2>"$folder/errors"
    status=$?
    [ $status -le 1 ] || cannot "time $*" "it ended with status $status: $(head -n 3 "$folder/errors")" 'run it by hand'
    cat "$folder/time" >>"$folder/$name"
}

./berth version >/dev/null || exit # builds it
locale=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
for round in 0 1 2 3 4 5; do
    timed berth ./berth explain --no-host "$log"
    timed grep grep -cE "$words" "$log"
    timed grep-C env LC_ALL=C grep -cE "$words" "$log"
    [ $round -gt 0 ] || rm "$folder/berth" "$folder/grep" "$folder/grep-C" # reads the log into the page cache
done

median() { # FIELD NAME
    cut -d ' ' -f "$1" "$folder/$2" | sort -n | sed -n 3p
}
awk -v berth="$(median 1 berth)" -v grep="$(median 1 grep)" -v plain="$(median 1 grep-C)" -v memory="$(median 2 berth)" \
    -v bytes="$bytes" -v locale="$locale" -v check="$check" 'BEGIN {
    printf "berth explain   %6.2f s  %5.2f GB/s  peak %.0f MB\n", berth, bytes / berth / 1e9, memory / 1024
    printf "grep -cE        %6.2f s  %5.2f GB/s  locale %s\n", grep, bytes / grep / 1e9, locale
    printf "grep -cE        %6.2f s  %5.2f GB/s  locale C\n", plain, bytes / plain / 1e9
    printf "berth ÷ grep    %6.2f    locale %s, at most 3\n", berth / grep, locale
    printf "berth ÷ grep    %6.2f    locale C\n", berth / plain
    exit check && berth / grep > 3
}'
