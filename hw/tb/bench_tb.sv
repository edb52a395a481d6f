// The bench: every IP type alone, for the tests of its room. Served only: Python drives it (`rtl:bedplate.chips.bench:Bench`).

module bench_tb;
    timeunit 1ns; timeprecision 1ps;
    import block_pkg::*;
    import bedplate_pkg::*;

    // As in tern_tb: the bus at 100 MHz, everything else faster than in silicon by the ratio of these two.
    parameter int unsigned CLOCKS_PER_US = 10;
    localparam int unsigned REAL_CLOCKS_PER_US = 100;
    localparam int INSTANCES = bench_pkg::INSTANCES;

    bedplate_if hal ();

    // The bus clock runs while the chip or a request of the HAL needs it: the sleep of a chip costs no simulation.
    logic clk = 0, us_clk = 0, por_n = 0, clk_request;
    always begin
        #5 clk = 1;
        #5 clk = 0;
        wait (clk_request || hal.running);
    end
    always #(5 * CLOCKS_PER_US) us_clk = ~us_clk;

    apb_req_t port[1];
    apb_rsp_t port_rsp[1];
    apb_master #(.ALONE(0)) master (.hal, .clk, .request(port[0]), .response(port_rsp[0]));
    always begin
        hal.get();
        wait (hal.running && hal.op == SPI);
        hal.put(SLVERR);  // no pins here
    end

    plant_t plant;
    logic tenant_active, ready;
    logic [INSTANCES-1:0] hazard;
    fabric_error_t error[1];
    backdoor #(.INSTANCES(INSTANCES)) backdoor (
        .hal, .clk, .hazard, .plant, .tenant_active, .harvest(), .ready  // fuses are settings of the parts
    );

    bench dut (
        .clk, .clk_request, .us_clk, .por_n, .port, .port_rsp, .tenant_active,
        .plant, .acknowledge(1'b0), .error, .hazard
    );

    string waves;
    initial if ($value$plusargs("waves=%s", waves) != 0) begin
        $dumpfile(waves);
        $dumpvars(0, bench_tb);
    end

    initial begin
        wait (ready);
        repeat (4) @(posedge clk);
        por_n <= 1;
        @(posedge clk);
        hal.set_speedup(real'(REAL_CLOCKS_PER_US) / real'(CLOCKS_PER_US));
        if (!hal.is_served()) $fatal(1, "nobody serves this testbench: open it by rtl:bedplate.chips.bench:Bench");
        hal.serve();
        $finish;
    end
endmodule
