// What every block of a chip has in common: its bus, and the faults that a testbench can plant in it.

package block_pkg;

    // APB (AMBA APB4), from a requester to a completer and back. Words of 32 bits, byte addresses within the block.
    typedef struct packed {
        logic        psel;
        logic        penable;
        logic        pwrite;
        logic [31:0] paddr;
        logic [31:0] pwdata;
        logic [3:0]  pstrb;
    } apb_req_t;

    typedef struct packed {
        logic        pready;
        logic [31:0] prdata;
        logic        pslverr;
    } apb_rsp_t;

    // The first error that a fabric had to answer itself, since the last acknowledge.
    typedef struct packed {
        logic        valid;
        logic        decode;   // nobody lives there; else the block did not answer
        logic        write;
        logic [31:0] address;
        logic [15:0] count;    // of all errors, saturating
    } fabric_error_t;

    // A fault to be planted, from the testbench to all instances: never through registers that software sees.
    localparam int unsigned FAULTS = 16;  // a block's own kinds of fault, in the order in which its model lists them
    localparam int unsigned SLOW = 16;  // then those that any block may have
    localparam int unsigned BLOCK_RESET = 17;
    localparam int unsigned HUNG = 18;
    localparam int unsigned KINDS = 19;

    typedef struct packed {
        logic        valid;
        logic [9:0]  target;  // which instance
        logic [4:0]  kind;
        logic [31:0] value;
        logic [15:0] times;  // how often it strikes; 0 is for ever
    } plant_t;

    // What resets all blocks at once while power stays, for one clock.
    typedef enum logic [1:0] {
        NO_RESET       = 2'd0,
        WARM_RESET     = 2'd2,  // software
        WATCHDOG_RESET = 2'd3   // a timer that nobody fed
    } chip_reset_t;

    // A block's own faults as it sees them.
    typedef struct packed {
        logic [FAULTS-1:0]       planted;
        logic [FAULTS-1:0][31:0] value;
        logic                    slow;  // its steps are longer than microseconds
    } faults_t;

    // Microseconds of device time: how many have passed, or will until something happens by itself. Of an alarm 0 is never.
    typedef logic [15:0] us_t;

    // In 16 bits, of more the most they hold: of an alarm, nobody needs to be told a longer one.
    function automatic us_t clipped(logic [31:0] us);
        return us > 32'hFFFF ? 16'hFFFF : us[15:0];
    endfunction

    // A timer after so many microseconds more: it stops at the most it holds.
    function automatic logic [31:0] later(logic [31:0] us, us_t more);
        return us + 32'(more) < us ? '1 : us + 32'(more);
    endfunction

    // The sooner of two alarms
    function automatic us_t sooner(us_t a, us_t b);
        return a - 16'd1 < b - 16'd1 ? a : b;
    endfunction

    localparam int unsigned NS_PER_US = 1000;

    // A delay given in nanoseconds, in whole microseconds, at least one.
    function automatic logic [31:0] us_of_ns(logic [31:0] ns);
        return ns <= NS_PER_US ? 32'd1 : (ns + NS_PER_US - 1) / NS_PER_US;
    endfunction

endpackage
