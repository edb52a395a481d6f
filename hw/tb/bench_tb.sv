// The bench of an IP type, for the tests of its folder. Served only: Python drives it (`rtl:bench.pll`).

module bench_tb;
    timeunit 1ns; timeprecision 1ps;
    import block_pkg::*;
    import bedplate_pkg::*;

    parameter int unsigned CLOCKS_PER_US = 10;
    localparam int INSTANCES = chip_pkg::INSTANCES;

    bedplate_if hal ();

    logic clk, us_clk, por_n = 0, clk_request;
    us_t us_quiet, us_stride, leap;
    clocks #(.CLOCKS_PER_US(CLOCKS_PER_US)) clocks (.hal, .clk_request, .quiet(us_quiet), .leap, .us_stride, .clk, .us_clk);

    apb_req_t port[1];
    apb_rsp_t port_rsp[1];
    apb_master #(.ALONE(0)) master (.hal, .clk, .request(port[0]), .response(port_rsp[0]));
    always begin
        hal.get();
        wait (hal.running && hal.op == SPI);
        hal.put(SLVERR);  // no pins here
    end

    plant_t plant;
    logic tenant_active, power, ready;
    chip_reset_t chip_reset;
    logic [INSTANCES-1:0] violation;
    fabric_error_t error[1];
    backdoor #(.INSTANCES(INSTANCES)) backdoor (
        .hal, .clk, .us_clk, .us_stride(leap), .violation, .plant, .power, .chip_reset, .tenant_active, .harvest(), .ready  // fuses are settings of the parts
    );

    bench dut (
        .clk, .clk_request, .us_quiet, .us_clk, .us_stride, .por_n(por_n && power), .port, .port_rsp, .tenant_active,
        .plant, .chip_reset, .acknowledge(1'b0), .error, .violation
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
        if (!hal.is_served()) $fatal(1, "nobody serves this testbench: open it by rtl:bench.NAME");
        hal.serve();
        $finish;
    end
endmodule
