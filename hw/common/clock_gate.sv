// Integrated clock gate: the clock passes in the cycles that `enable` announces. Free of glitches by its latch.

module clock_gate (
    input  logic clk,
    input  logic enable,
    output logic gated
);
    logic open;
    always_latch if (!clk) open = enable;
    assign gated = clk & open;
endmodule
