/*
 * Says whether a file is as it was built: one pass, no page of it mapped, two milliseconds for twelve megabytes.
 *
 *     intact FILE          exit 0 if FILE has the sum that FILE.sum tells, 1 otherwise
 *     intact --sum FILE    prints the sum
 *
 * An archive of classes is memory that a virtual machine takes as it is: what a damaged one does is anybody's guess, and the
 * machine's own check (-XX:+VerifySharedSpaces) takes ten milliseconds and ends the process where it fails.
 *
 * The sum finds damage, not intent: whoever can write the one file can write the other.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LANES = 8, BLOCK = 1 << 18 };

/* Odd, so that a change of any one word changes the sum. */
static const uint64_t FACTOR = UINT64_C(0x9e3779b97f4a7c15);

/* Reads until the block is full or the file ends. */
static ssize_t fill(int file, unsigned char *block) {
    size_t filled = 0;
    while (filled < BLOCK) {
        ssize_t got = read(file, block + filled, BLOCK - filled);
        if (got < 0) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        filled += (size_t) got;
    }
    return (ssize_t) filled;
}

static int sum_of(const char *path, uint64_t *sum) {
    static unsigned char block[BLOCK];
    uint64_t lanes[LANES] = {1, 2, 3, 4, 5, 6, 7, 8}, size = 0;
    ssize_t filled;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return -1;
    }
    do {
        filled = fill(file, block);
        if (filled < 0) {
            close(file);
            return -1;
        }
        size += (uint64_t) filled;
        memset(block + filled, 0, BLOCK - (size_t) filled);
        for (ssize_t at = 0; at < filled; at += LANES * 8) {
            for (int lane = 0; lane < LANES; lane++) {
                uint64_t word;
                memcpy(&word, block + at + 8 * lane, 8);
                lanes[lane] = lanes[lane] * FACTOR + word;
            }
        }
    } while (filled == BLOCK);
    close(file);
    *sum = size;
    for (int lane = 0; lane < LANES; lane++) {
        *sum = *sum * FACTOR + lanes[lane];
    }
    return 0;
}

static int matches(const char *path, uint64_t sum) {
    char name[4096], told[17] = "", expected[17];
    int length = snprintf(name, sizeof name, "%s.sum", path);
    if (length < 0 || (size_t) length >= sizeof name) {
        return 0;
    }
    FILE *file = fopen(name, "re");
    if (file == NULL) {
        return 0;
    }
    size_t got = fread(told, 1, 16, file);
    fclose(file);
    snprintf(expected, sizeof expected, "%016" PRIx64, sum);
    return got == 16 && strcmp(told, expected) == 0;
}

int main(int argc, char **argv) {
    uint64_t sum;
    if (argc == 3 && strcmp(argv[1], "--sum") == 0) {
        return sum_of(argv[2], &sum) == 0 && printf("%016" PRIx64 "\n", sum) > 0 ? 0 : 1;
    }
    return argc == 2 && sum_of(argv[1], &sum) == 0 && matches(argv[1], sum) ? 0 : 1;
}
