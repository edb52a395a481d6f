// Bedplate in SystemVerilog: the calls of bedplate.h, imported. A testbench uses them through `bedplate_if`.

package bedplate_pkg;

    // What the HAL wants next.
    typedef enum int {
        FAILED   = 0,
        DONE     = 1,
        READ     = 2,
        WRITE    = 3,
        IDLE     = 4,
        SPI      = 5,
        BACKDOOR = 6,
        NOTE     = 7
    } op_t;

    // How it went.
    typedef enum int {
        OK      = 0,
        SLVERR  = 1,
        UNKNOWN = 2,
        TIMEOUT = 3
    } status_t;

    // What a BACKDOOR request is about (word 0), and its arguments (words 1 to 4).
    typedef enum int {
        PLANT   = 0,  // instance, kind of fault, value, how often (0: for ever)
        TENANT  = 1,  // 1 or 0: a workload runs on the chip
        VIOLATIONS = 2,  // answer in word 0: how many dangerous acts of software the testbench has counted
        FUSES   = 3,  // die, harvest mask
        RESET   = 4,  // of the chip as a whole: 1 power goes and comes back, 2 warm, 3 by a watchdog
        LEAP    = 5   // so many times 2^14 microseconds pass for the chip at once
    } backdoor_t;

    localparam int MOST = 1024;  // words, or bytes of SPI, of the longest request
    localparam int NOTE_CHARACTERS = 48;
    typedef logic [8*NOTE_CHARACTERS-1:0] text_t;  // shown as ASCII by waveform viewers

    import "DPI-C" function int bedplate_open(input string target);
    import "DPI-C" function void bedplate_close(input int session);
    import "DPI-C" function int bedplate_speedup(input int session, input real factor);
    import "DPI-C" function int bedplate_start(input int session, input string command);
    import "DPI-C" function int bedplate_next(input int session, input longint unsigned now_ns, input int status);
    import "DPI-C" function longint unsigned bedplate_address(input int session);
    import "DPI-C" function int bedplate_size(input int session);
    import "DPI-C" function int bedplate_count(input int session);
    import "DPI-C" function int unsigned bedplate_word(input int session, input int index);
    import "DPI-C" function void bedplate_put_word(input int session, input int index, input int unsigned word);
    import "DPI-C" function string bedplate_text(input int session);
    import "DPI-C" function longint unsigned bedplate_value(input int session);
    import "DPI-C" function string bedplate_error(input int session);

    // The first characters of a string, for a waveform.
    function automatic text_t shown(input string text);
        text_t all = '0;
        for (int i = 0; i < text.len() && i < NOTE_CHARACTERS; i++) all = {all[8*NOTE_CHARACTERS-9:0], text[i]};
        return all;
    endfunction

endpackage
