// The chip's clock and its time. `tick` comes for one clock each microsecond of device time: fewer clocks in a microsecond are a
// speed-up of everything but the bus. The chip's clock runs only when something may happen: around each tick, during an access,
// in reset. So an idle chip costs a simulator little, and silicon little power.

module chip_clock #(
    parameter int unsigned CLOCKS = 100,  // in a microsecond
    parameter int unsigned LINGER = 2     // clocks after the last cause, so that what it started runs through
) (
    input  logic clk,
    input  logic por_n,
    input  logic busy,   // an access, or whatever else must not wait for the tick
    output logic gated,
    output logic tick    // by the gated clock
);
    logic [31:0] count;
    logic [LINGER-1:0] lingering;
    logic due;

    assign due = por_n && count == CLOCKS - 1;
    always_ff @(posedge clk) begin
        count     <= !por_n || due ? '0 : count + 1;
        lingering <= !por_n || due || busy ? '1 : lingering >> 1;
    end

    clock_gate gate (.clk, .enable(!por_n || due || busy || lingering != '0), .gated);
    always_ff @(posedge gated) tick <= due;
endmodule
