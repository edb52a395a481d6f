/* The bare loop beside which an access of the HAL is measured: the same accesses, in C, through the same kernel interfaces.

   bare_access pci FILE COUNT READ WRITE VALUE       words of a mapped BAR, by offsets
   bare_access spi NODE COUNT FRAME...               frames as hex digits, each one message, over and over

   Prints the nanoseconds of one read, then of one write; for SPI those of one round of all frames. */
#include <fcntl.h>
#include <linux/spi/spidev.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

enum { MOST = 64 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static int fail(const char *what) {
    perror(what);
    return 1;
}

static int pci(const char *file, long count, char **at) {
    int fd = open(file, O_RDWR | O_SYNC);
    struct stat info;
    if (fd < 0 || fstat(fd, &info)) return fail(file);
    void *bar = mmap(NULL, info.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (bar == MAP_FAILED) return fail("mmap");
    volatile uint32_t *read_at = (volatile uint32_t *)((char *)bar + strtoul(at[0], NULL, 0));
    volatile uint32_t *write_at = (volatile uint32_t *)((char *)bar + strtoul(at[1], NULL, 0));
    uint32_t value = strtoul(at[2], NULL, 0);
    double start = now();
    for (long i = 0; i < count; i++) (void)*read_at;
    double middle = now();
    for (long i = 0; i < count; i++) *write_at = value;
    printf("%.0f %.0f\n", (middle - start) / count, (now() - middle) / count);
    return 0;
}

static int spi(const char *node, long count, int frames, char **hex) {
    static uint8_t out[MOST][4096], in[4096];
    struct spi_ioc_transfer message[MOST];
    int fd = open(node, O_RDWR);
    if (fd < 0 || frames > MOST) return fail(node);
    memset(message, 0, sizeof message);
    for (int i = 0; i < frames; i++) {
        size_t length = strlen(hex[i]) / 2;
        for (size_t k = 0; k < length && k < sizeof out[i]; k++) sscanf(hex[i] + 2 * k, "%2hhx", &out[i][k]);
        message[i].tx_buf = (uintptr_t)out[i];
        message[i].rx_buf = (uintptr_t)in;
        message[i].len = length;
    }
    double start = now();
    for (long n = 0; n < count; n++)
        for (int i = 0; i < frames; i++)
            if (ioctl(fd, SPI_IOC_MESSAGE(1), &message[i]) < 0) return fail("SPI_IOC_MESSAGE");
    printf("%.0f\n", (now() - start) / count);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 7 && !strcmp(argv[1], "pci")) return pci(argv[2], atol(argv[3]), argv + 4);
    if (argc >= 5 && !strcmp(argv[1], "spi")) return spi(argv[2], atol(argv[3]), argc - 4, argv + 4);
    fprintf(stderr, "usage: see the head of bare_access.c\n");
    return 2;
}
