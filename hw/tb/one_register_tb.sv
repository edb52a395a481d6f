// A complete testbench with Bedplate in it. Copy it, and put your design in the place of `one_register`.
//
//     +command="reg get box.id"    do this, and nothing else
//     +waves=FILE                  write waves
//
// Python can drive it too (`bedplate -t rtl:...`): then it only serves.

module one_register_tb;
    timeunit 1ns; timeprecision 1ps;
    import block_pkg::*;
    import bedplate_pkg::*;

    logic clk = 0, rst_n = 0;
    always #5 clk = ~clk;

    apb_req_t request;
    apb_rsp_t response;
    one_register dut (
        .clk, .rst_n,
        .psel(request.psel), .penable(request.penable), .pwrite(request.pwrite), .paddr(request.paddr),
        .pwdata(request.pwdata), .pstrb(request.pstrb),
        .pready(response.pready), .prdata(response.prdata), .pslverr(response.pslverr)
    );

    bedplate_if hal ();
    apb_master master (.hal, .clk, .request, .response);

    string waves, command, report;
    initial if ($value$plusargs("waves=%s", waves) != 0) begin
        $dumpfile(waves);
        $dumpvars(0, one_register_tb);
    end

    initial begin
        repeat (4) @(posedge clk);
        rst_n <= 1;
        repeat (2) @(posedge clk);
        if (hal.is_served()) hal.serve();
        else begin
            hal.open("bedplate.env.rtl.one_register:OneRegister");
            if ($value$plusargs("command=%s", command) != 0) begin
                hal.call(command, report);
                $display("%s", report);
            end else check();
        end
        $finish;
    end

    task check();
        longint unsigned value;
        bit ok;

        hal.call("up", report);  // blocks, in simulated time, until the HAL has brought the chip up
        $display("%s", report);

        hal.reg_get("box.ctrl.ready", value);
        if (value != 1) $fatal(1, "up, but not ready");

        hal.reg_set("box.ctrl.gain", 64'h5A);
        if (dut.gain != 8'h5A) $fatal(1, "the register API wrote %h", dut.gain);
        hal.reg_get("box.ctrl", value);
        $display("ctrl = 0x%h at %0t", value[31:0], $time);

        hal.try_call("reg get box.ctlr", report, ok);  // an error that is expected
        if (ok) $fatal(1, "a name that does not exist was found");
        $display("%s", hal.error());
    endtask
endmodule
