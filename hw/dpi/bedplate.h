/* Bedplate for C, C++ and SystemVerilog (DPI-C): the HAL of a chip, on a bus of its own or on one that the caller drives.
 *
 * A chip whose bus is Bedplate's (the embedded model):
 *
 *     int chip = bedplate_open("model:tern");
 *     if (!bedplate_call(chip, "up")) puts(bedplate_error(chip));
 *     puts(bedplate_text(chip));
 *
 * A chip whose bus is the caller's: start a command, then ask what is next until it is done.
 *
 *     int chip = bedplate_open("sv:tern");
 *     int status = BEDPLATE_OK, op;
 *     bedplate_start(chip, "up");
 *     while ((op = bedplate_next(chip, now_in_ns, status)) > BEDPLATE_DONE) status = carry_out(op);
 *
 * HAL code is suspended between two calls of `bedplate_next`: blocking Python of any depth waits for the caller's bus.
 * All calls must come from one thread. No call blocks, none throws; strings are valid until the session's next call.
 * Whatever goes wrong inside is 0 (BEDPLATE_FAILED) and a text, never a made-up value.
 */
#ifndef BEDPLATE_H
#define BEDPLATE_H

#ifdef __cplusplus
extern "C" {
#endif

/* What the caller is to do next. Zero is failure, so that nothing that goes wrong can look like success. */
enum {
    BEDPLATE_FAILED = 0,   /* the command ended in an error: bedplate_error */
    BEDPLATE_DONE = 1,     /* the command ended: bedplate_text, bedplate_value */
    BEDPLATE_READ = 2,     /* read `count` words at `address`, put each by bedplate_put_word; one transaction */
    BEDPLATE_WRITE = 3,    /* write `count` words (bedplate_word) at `address`; one transaction */
    BEDPLATE_IDLE = 4,     /* let `address` nanoseconds of simulated time pass */
    BEDPLATE_SPI = 5,      /* clock `count` bytes out on chip select `address`, put the bytes that came back */
    BEDPLATE_BACKDOOR = 6, /* words 0 to 4: what, and four arguments; put the answer as word 0. For proofs, never for drivers */
    BEDPLATE_NOTE = 7      /* what the HAL is about, to be shown: bedplate_text; `address` says which (see below) */
};

/* How it went, for bedplate_next. */
enum {
    BEDPLATE_OK = 0,
    BEDPLATE_SLVERR = 1,  /* an error response */
    BEDPLATE_UNKNOWN = 2, /* read data with X or Z in it */
    BEDPLATE_TIMEOUT = 3  /* the bus did not answer at all */
};

enum { BEDPLATE_NOTE_INSTANCE = 0, BEDPLATE_NOTE_STEP = 1, BEDPLATE_NOTE_REGISTER = 2 };
enum { BEDPLATE_PLANT = 0, BEDPLATE_TENANT = 1, BEDPLATE_VIOLATIONS = 2, BEDPLATE_FUSES = 3, BEDPLATE_RESET = 4, BEDPLATE_LEAP = 5 };

enum { BEDPLATE_MOST = 1024 }; /* words or bytes of the longest transaction */

/* Open a chip: `model:CHIP?options`, or `sv:CHIP` for a bus that the caller drives. A handle above 0, or 0 and an error. */
int bedplate_open(const char* target);
void bedplate_close(int session);

/* Device time runs `factor` times as fast as simulated time, as in RTL whose microsecond is shortened. 1 unless told. */
int bedplate_speedup(int session, double factor);

/* Start a command, in the words of the command line:
 *     up [NAME...]             instances to their goals, with what they need: those named, or all
 *     down [NAME...]           out of service, with all that need them
 *     status [PATTERN]         how instances are
 *     reg get NAME...          registers or fields
 *     reg set NAME=VALUE...
 * up and down take --force NAME (may be disturbed under load) and --intent NAME (permanent steps are meant).
 */
int bedplate_start(int session, const char* command);

/* Tell how the last request went, at which simulated time (ns); learn the next one. */
int bedplate_next(int session, unsigned long long now_ns, int status);

/* The request. `size` is 1, 2 or 4 bytes; words are 32 bits, right-aligned whatever their lanes. */
unsigned long long bedplate_address(int session);
int bedplate_size(int session);
int bedplate_count(int session);
unsigned int bedplate_word(int session, int index);
void bedplate_put_word(int session, int index, unsigned int word);

/* Start and finish a command on a chip whose bus is Bedplate's. 1, or 0 and an error. */
int bedplate_call(int session, const char* command);

/* The last command's document (JSON, as the command line's --json), its value (reg get), and the last error for people. */
const char* bedplate_text(int session);
unsigned long long bedplate_value(int session);
const char* bedplate_error(int session); /* session 0: why bedplate_open failed; one that is not open: that it is not */

#ifdef __cplusplus
}
#endif
#endif
