// Tern with Bedplate in front of it: an APB port for each die, and the HAL that boots it.
//
//     +command=up            what to do when nobody else drives the chip (default: up)
//     +waves=FILE            write waves
//     +fault= +harvest= +tenant      see backdoor.sv

module tern_tb;
    timeunit 1ns; timeprecision 1ps;
    import block_pkg::*;
    import bedplate_pkg::*;

    parameter int unsigned CLOCKS_PER_US = 10;
    localparam int DIES = 2;
    localparam int INSTANCES = chip_pkg::INSTANCES;

    bedplate_if hal ();

    logic clk, us_clk, por_n = 0, clk_request;
    us_t us_quiet, us_stride, leap;
    clocks #(.CLOCKS_PER_US(CLOCKS_PER_US)) clocks (.hal, .clk_request, .quiet(us_quiet), .leap, .us_stride, .clk, .us_clk);

    apb_req_t request, port[DIES];
    apb_rsp_t response, port_rsp[DIES];
    apb_master #(.ALONE(0)) master (.hal, .clk, .request, .response);
    always_comb begin
        response = '0;
        for (int die = 0; die < DIES; die++) begin
            port[die]         = request;
            port[die].psel    = request.psel && request.paddr[31:24] == 8'(die);
            port[die].penable = request.penable && request.paddr[31:24] == 8'(die);
            if (request.paddr[31:24] == 8'(die)) response = port_rsp[die];
        end
        if (request.paddr[31:24] >= 8'(DIES)) response = '{pready: request.penable, prdata: '1, pslverr: 1'b1};
    end

    logic [DIES-1:0] sck, cs_n, mosi, miso;
    spi_master #(.SLAVES(DIES)) spi (.hal, .clk, .sck, .cs_n, .mosi, .miso);

    plant_t plant;
    logic tenant_active, power, ready;
    chip_reset_t chip_reset;
    logic [DIES-1:0][7:0] harvest;
    logic [INSTANCES-1:0] violation;
    fabric_error_t error[DIES];
    backdoor #(.INSTANCES(INSTANCES), .DIES(DIES)) backdoor (
        .hal, .clk, .us_clk, .us_stride(leap), .violation, .plant, .power, .chip_reset, .tenant_active, .harvest, .ready
    );

    tern dut (
        .clk, .clk_request, .us_quiet, .us_clk, .us_stride, .por_n(por_n && power), .port, .port_rsp, .sck, .cs_n, .mosi, .miso, .tenant_active, .harvest_straps(harvest),
        .plant, .chip_reset, .acknowledge(1'b0), .error, .violation
    );

    string waves;
    initial if ($value$plusargs("waves=%s", waves) != 0) begin
        $dumpfile(waves);
        $dumpvars(0, tern_tb);
    end

    initial begin
        string command, report;
        wait (ready);
        repeat (4) @(posedge clk);
        por_n <= 1;
        @(posedge clk);
        if (hal.is_served()) hal.serve();
        else begin
            if ($value$plusargs("command=%s", command) == 0) command = "up";
            hal.open("tern");
            hal.call(command, report);
            $display("%s", report);
        end
        $finish;
    end
endmodule
