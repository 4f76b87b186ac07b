/*
 * Fills a network namespace with loopback connections, so that readers of socket tables have something to read.
 *
 *   populate established PROCESSES PAIRS    PROCESSES processes hold PAIRS clients and as many accepted peers each
 *   populate typical PROCESSES FILES LISTENERS  PROCESSES processes hold FILES files and LISTENERS listeners each
 *   populate time-wait CONNECTIONS          leaves CONNECTIONS closed connections behind, by this side's close
 *
 * Prints "ready" and holds everything until it is killed. Meant for private namespaces with a wide dynamic range and many
 * TIME_WAIT buckets.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *what) {
    fprintf(stderr, "populate: %s: %s\n", what, strerror(errno));
    exit(1);
}

static struct sockaddr_in endpoint(int host, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short) port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (unsigned) host);
    return address;
}

static int listen_on(struct sockaddr_in address) {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on)) fail("socket");
    if (bind(listener, (struct sockaddr *) &address, sizeof address) || listen(listener, 1024)) fail("listen");
    return listener;
}

static int connect_to(struct sockaddr_in address) {
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (client < 0 || connect(client, (struct sockaddr *) &address, sizeof address)) fail("connect");
    return client;
}

static void hold_established(int number, int pairs) {
    struct sockaddr_in address = endpoint(number, 900 + number); /* below the range: no client can draw it */
    int listener = listen_on(address);
    for (int i = 0; i < pairs; i++) {
        connect_to(address);
        if (accept(listener, NULL, NULL) < 0) fail("accept");
    }
}

static void hold_like_a_service(int number, int files, int listeners) {
    for (int i = 0; i < files; i++) {
        if (dup(2) < 0) fail("dup");
    }
    for (int i = 0; i < listeners; i++) {
        listen_on(endpoint(number, 900 + i));
    }
}

static void leave_time_wait(int connections) {
    int port = 900;
    int host = 0;
    struct sockaddr_in address = endpoint(host, port);
    int listener = listen_on(address);
    for (int i = 0; i < connections; i++) {
        if (i > 0 && i % 25000 == 0) { /* another tuple space, before the kernel has to scan for free ports */
            close(listener);
            address = endpoint(++host, port);
            listener = listen_on(address);
        }
        int client = connect_to(address);
        int accepted = accept(listener, NULL, NULL);
        if (accepted < 0) fail("accept");
        close(client);
        close(accepted);
    }
}

static void say_ready_and_wait(void) {
    puts("ready");
    fflush(stdout);
    pause();
}

/* Runs hold in processes of its own, which end with this one. */
static void in_processes(int processes, void (*hold)(int number, char **sizes), char **sizes) {
    int ready[2];
    int done[2];
    if (pipe(ready) || pipe(done)) fail("pipe");
    for (int i = 0; i < processes; i++) {
        if (fork() == 0) {
            char byte;
            close(done[1]);
            hold(i, sizes);
            if (write(ready[1], "x", 1) != 1) fail("write");
            exit(read(done[0], &byte, 1) < 0);
        }
    }
    close(ready[1]); /* so that the end of a process that failed is seen */
    for (int i = 0; i < processes; i++) {
        char byte;
        if (read(ready[0], &byte, 1) != 1) fail("a process that should hold sockets");
    }
    say_ready_and_wait();
}

static void established(int number, char **sizes) {
    hold_established(number, atoi(sizes[0]));
}

static void typical(int number, char **sizes) {
    hold_like_a_service(number, atoi(sizes[0]), atoi(sizes[1]));
}

static void allow_all_files(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files)) fail("getrlimit");
    files.rlim_cur = files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files)) fail("setrlimit");
}

int main(int argc, char **argv) {
    allow_all_files();
    if (argc == 4 && !strcmp(argv[1], "established")) {
        in_processes(atoi(argv[2]), established, argv + 3);
    } else if (argc == 5 && !strcmp(argv[1], "typical")) {
        in_processes(atoi(argv[2]), typical, argv + 3);
    } else if (argc == 3 && !strcmp(argv[1], "time-wait")) {
        leave_time_wait(atoi(argv[2]));
        say_ready_and_wait();
    } else {
        fprintf(stderr, "populate: see the comment at the top of its source\n");
        return 2;
    }
    return 0;
}
