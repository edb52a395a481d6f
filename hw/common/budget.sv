// What some blocks share, such as inrush current: one that begins to draw on it while enough others do is one too many.
// It belongs to the testbench: a chip has no such counter, it browns out.

module budget #(
    parameter int unsigned MEMBERS = 1,
    parameter int unsigned MOST = 1  // so many may draw at one time
) (
    input  logic               clk,
    input  logic               por_n,
    input  logic [MEMBERS-1:0] draws,
    output logic [MEMBERS-1:0] overrun  // one clock
);
    logic [MEMBERS-1:0] drew;
    always_ff @(posedge clk) drew <= por_n ? draws : '0;

    assign overrun = $countones(draws) > MOST ? draws & ~drew : '0;
endmodule
