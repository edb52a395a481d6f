// What the bench gives to all parts, unless a testbench withdraws it by the fault `withdrawn`: =1 takes it away, =0 gives it back.
// As a clock it has a rate, which the fault `mhz` changes, after a moment without one.

module supply
    import block_pkg::*;
(
    output logic              provides,
    output logic [15:0]       mhz,
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned WITHDRAWN = 0, MHZ = 1;

    logic [15:0] rate, was;
    assign rate = faults.planted[MHZ] ? faults.value[MHZ][15:0] : 16'd1660;
    always_ff @(posedge clk) was <= rate;

    assign provides    = !(faults.planted[WITHDRAWN] && faults.value[WITHDRAWN] != 0) && rate == was;
    assign mhz         = provides ? rate : '0;
    assign faults_used = '0;
    assign alarm       = '0;
    assign violation   = 1'b0;
    assign apb_rsp     = '{pready: apb.penable, prdata: '0, pslverr: 1'b1};  // it has no registers
endmodule
