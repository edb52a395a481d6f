// The clocks of a testbench. The bus clock, 100 MHz, runs while the chip or a request of the HAL needs it: the sleep of a chip
// costs no simulation. A microsecond of the chip takes CLOCKS_PER_US cycles of it instead of 100: everything else runs so much
// faster than in silicon. The HAL's budgets do not change, since its time runs faster by the same factor (`hal.set_speedup`).

module clocks #(
    parameter int unsigned CLOCKS_PER_US = 10
) (
    bedplate_if  hal,
    input  logic clk_request,
    output logic clk,
    output logic us_clk
);
    timeunit 1ns; timeprecision 1ps;

    initial us_clk = 0;
    always #(5 * CLOCKS_PER_US) us_clk = ~us_clk;

    initial clk = 0;
    always begin
        #5 clk = 1;
        #5 clk = 0;
        wait (clk_request || hal.running);
    end

    initial hal.set_speedup(100.0 / real'(CLOCKS_PER_US));
endmodule
