// The chip's clock and its time. `us_clk` runs always, a cycle each microsecond of device time: a testbench that makes it faster
// speeds up everything but the bus, and one that lets a cycle stand for many (`stride`) has hours pass at once, or skips those in
// which nothing happens (`quiet`). `tick` says for one clock how many microseconds have passed since the tick before.
//
// The chip sleeps when nothing happens in it: its clock runs around ticks, during an access, in reset. A tick comes when the
// soonest alarm of a block is due, or before anybody looks at the chip. So what a simulator works for is events, not time.

module chip_clock
    import block_pkg::*;
#(
    parameter int unsigned LINGER = 2,  // clocks after the last cause
    parameter int unsigned SETTLE = 2   // microseconds after the last cause that are told one by one, for what it started
) (
    input  logic clk,
    input  logic us_clk,
    input  us_t  stride,   // microseconds in a cycle of `us_clk`: 1, or up to 2^14
    input  logic por_n,
    input  logic busy,     // an access, or whatever else must not wait for a tick
    input  us_t  alarm,    // of all blocks
    output logic request,  // `clk` is needed: otherwise it may stop
    output logic gated,
    output us_t  quiet,    // while `clk` is not needed: in how many microseconds it will be, if nobody comes before
    output us_t  tick      // by the gated clock
);
    localparam us_t LONGEST = 16'h8000;  // microseconds that are not told
    us_t elapsed, told, passed;
    logic [31:0] settling;
    logic woken, due;

    always_ff @(posedge us_clk) elapsed <= por_n ? elapsed + stride : '0;

    assign passed  = elapsed - told;
    assign woken   = alarm != 0 && passed >= alarm;
    assign due     = por_n && passed != 0 && (busy || woken || settling != 0 || passed >= LONGEST);
    assign quiet   = settling != 0 ? 16'd1 : (alarm == 0 || alarm > LONGEST ? LONGEST : alarm) - passed;
    always_ff @(posedge clk) begin
        if (!por_n) told <= '0;
        else if (due) told <= elapsed;
        if (!por_n || busy || woken) settling <= SETTLE;
        else if (due && settling != 0) settling <= settling - 1;
    end

    awake_clock #(.LINGER(LINGER)) awake (.clk, .need(!por_n || due || busy), .request, .gated);
    always_ff @(posedge gated) tick <= due ? passed : '0;
endmodule
