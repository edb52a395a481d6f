// A clock that runs while it is needed, and a few cycles longer, so that what was started runs through.

module awake_clock #(
    parameter int unsigned LINGER = 8
) (
    input  logic clk,
    input  logic need,
    output logic request,  // `clk` is needed: otherwise it may stop
    output logic gated
);
    logic [LINGER-1:0] lingering;
    always_ff @(posedge clk) lingering <= need ? '1 : lingering >> 1;
    assign request = need || lingering != '0;
    clock_gate gate (.clk, .enable(request), .gated);
endmodule
