// The clocks of a testbench. The bus clock, 100 MHz, runs while the chip or a request of the HAL needs it, and while the HAL waits,
// a cycle of `us_clk` stands for all the microseconds in which the chip is quiet: its sleep costs no simulation. A microsecond of the chip takes CLOCKS_PER_US cycles of it instead of 100: everything else runs so much
// faster than in silicon. The HAL's budgets do not change, since its time runs faster by the same factor (`hal.set_speedup`).

module clocks
    import block_pkg::*;
#(
    parameter int unsigned CLOCKS_PER_US = 10
) (
    bedplate_if  hal,
    input  logic clk_request,
    input  us_t  quiet,     // microseconds in which nothing will happen in the chip by itself
    input  us_t  leap,      // microseconds in a cycle of `us_clk` if the HAL wants hours to pass at once, otherwise 1
    output us_t  us_stride, // in a cycle of `us_clk`
    output logic clk,
    output logic us_clk
);
    timeunit 1ns; timeprecision 1ps;
    localparam longint unsigned US = 10 * 64'(CLOCKS_PER_US);  // ns
    localparam longint unsigned LONGEST = 1_000_000 / US;  // microseconds in a delay of 1 ms: see `pause` of bedplate_if

    us_t nap;
    assign us_stride = hal.running ? leap : nap;
    always begin
        us_clk = 0;
        nap = napping();
        #(64'(nap) * US - US / 2) us_clk = 1;
        #(US / 2);
    end

    function automatic us_t napping();
        longint unsigned now, most;
        now = 64'($time);
        if (clk_request || hal.running || hal.back_at < now + US) return 1;
        most = (hal.back_at - now) / US;
        if (most > LONGEST) most = LONGEST;
        return most < 64'(quiet) ? us_t'(most) : quiet;
    endfunction

    initial clk = 0;
    always begin
        #5 clk = 1;
        #5 clk = 0;
        wait (clk_request || hal.running);
    end

    initial hal.set_speedup(100.0 / real'(CLOCKS_PER_US));
endmodule
