/*
 * Runs one command, its output thrown away, and prints what the whole process took:
 *
 *   meas ERRORS COMMAND [ARGUMENT...]
 *
 *   wall nanoseconds, processor microseconds (user and system, waited-for children included), peak resident KiB,
 *   microseconds that all others used the processors meanwhile, exit status
 *
 * What the command writes to standard error goes to the file ERRORS. What others used comes from /proc/stat, which counts in
 * ticks: a hundredth of a second on most machines.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SETTLE_NANOS 50000000 /* until what started this program is at rest */
#define NOT_RUN 127

static void fail(const char *what) {
    fprintf(stderr, "meas: %s: %s\n", what, strerror(errno));
    exit(NOT_RUN);
}

static long long wall_nanos(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now)) fail("clock_gettime");
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Of the whole machine, what a hypervisor gave to others included. */
static long long busy_micros(void) {
    long long user, nice, system, idle, iowait, irq, softirq, steal;
    FILE *stat = fopen("/proc/stat", "r");
    if (!stat) fail("/proc/stat");
    if (fscanf(stat, "cpu %lld %lld %lld %lld %lld %lld %lld %lld", &user, &nice, &system, &idle, &iowait, &irq, &softirq, &steal) != 8) {
        fail("/proc/stat");
    }
    fclose(stat);
    return (user + nice + system + irq + softirq + steal) * (1000000 / sysconf(_SC_CLK_TCK));
}

static long long micros(struct timeval time) {
    return time.tv_sec * 1000000LL + time.tv_usec;
}

static void become(char *errors, char **command) {
    int nothing = open("/dev/null", O_RDWR);
    int complaints = open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (nothing < 0 || complaints < 0) fail("open");
    if (dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0 || dup2(complaints, 2) < 0) fail("dup2");
    execvp(command[0], command);
    fail(command[0]);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "meas: see the comment at the top of its source\n");
        return 2;
    }
    struct timespec settle = {.tv_nsec = SETTLE_NANOS};
    nanosleep(&settle, NULL);
    long long busy = busy_micros();
    long long begun = wall_nanos();
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) become(argv[1], argv + 2);
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child) fail("wait4");
    long long wall = wall_nanos() - begun;
    long long own = micros(usage.ru_utime) + micros(usage.ru_stime);
    long long others = busy_micros() - busy - own;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    printf("%lld %lld %ld %lld %d\n", wall, own, usage.ru_maxrss, others < 0 ? 0 : others, code);
    return 0;
}
