/* Connects to itself for some seconds and prints how many connects succeeded, how many failed with EADDRNOTAVAIL, and the
 * processor time of one: cc -O2 connects.c && ./a.out SECONDS [MOST_PER_SECOND]
 *
 * Each connection is reset at once, so none stays behind; where the range is held by others, every connect fails. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    double seconds = argc > 1 ? atof(argv[1]) : 1, most = argc > 2 ? atof(argv[2]) : 0;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof to;
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct linger reset = {1, 0};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    to.sin_port = htons(99);
    if (bind(listener, (void *)&to, length) || listen(listener, 64))
        return perror("listener"), 1;
    long made = 0, failed = 0;
    double start = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID), end = start + seconds;
    while (now(CLOCK_MONOTONIC) < end) {
        for (int i = 0; i < 16; i++) {
            int client = socket(AF_INET, SOCK_STREAM, 0);
            if (connect(client, (void *)&to, length) == 0) {
                int accepted = accept(listener, 0, 0);
                setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
                close(client);
                close(accepted);
                made++;
            } else if (errno == EADDRNOTAVAIL) {
                close(client);
                failed++;
            } else
                return perror("connect"), 1;
        }
        while (most > 0 && (made + failed) / (now(CLOCK_MONOTONIC) - start) > most)
            usleep(200);
    }
    printf("%ld %ld %.0f\n", made, failed, (now(CLOCK_PROCESS_CPUTIME_ID) - cpu) / (made + failed) * 1e9);
    sleep(1); /* so that whoever looks for the process still finds it */
}
