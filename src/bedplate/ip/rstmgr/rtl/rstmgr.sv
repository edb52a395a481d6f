// Reset manager: the power-on sequence, and lines that follow their registers through synchronisers.

module rstmgr
    import block_pkg::*;
    import rstmgr_regs_pkg::*;
#(
    parameter int unsigned SEQUENCE_US = 40
) (
    output logic [15:0] provides,  // the lines, after synchronisers: 1 is released
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list. The value of a stuck line is its index.
    localparam int unsigned STUCK_BUSY = 0, STUCK_LINE = 1;

    localparam int unsigned LINES = 16;

    rstmgr__in_t  hw;
    rstmgr__out_t sw;
    rstmgr_regs regs (.clk, .rst_n, .por_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // The power-on sequence: busy from reset on, until it is through. It begins in the first clock after reset.
    logic awake, begun, begin_now, busy, ready;
    us_t sequence_alarm;
    assign begin_now = awake && !begun;
    delay sequence_delay (
        .clk, .rst_n, .step, .start(begin_now && !faults.planted[STUCK_BUSY]), .stop(1'b0), .us(SEQUENCE_US),
        .running(), .alarm(sequence_alarm), .done(ready));
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            awake <= 1'b0;
            begun <= 1'b0;
            busy  <= 1'b1;
        end else begin
            awake <= 1'b1;
            begun <= awake;
            busy  <= busy && !ready;
        end
    end

    // The lines. A synchroniser takes much less than a microsecond: the next step sees it through.
    logic [LINES-1:0] asked, stuck, released, followed;
    for (genvar i = 0; i < LINES; i++) begin : gen_line
        assign asked[i] = sw.line[i].released.value;
        assign stuck[i] = faults.planted[STUCK_LINE] && faults.value[STUCK_LINE] == i;
    end
    assign followed = (released & stuck) | (asked & ~stuck);
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            released <= '0;
        end else begin
            if (step != 0) released <= followed;
        end
    end
    assign provides = released;
    assign alarm    = sooner(sequence_alarm, us_t'(released != followed));

    // What software and others see. Nothing sets a cause of reset but power-on, which is its reset value.
    always_comb begin
        hw.info.por.hwset            = 1'b0;
        hw.info.low_power_exit.hwset = 1'b0;
        hw.info.software.hwset       = 1'b0;
        hw.info.hardware.hwset       = 1'b0;
        hw.info.watchdog.hwset       = 1'b0;
        hw.info.thermal.hwset        = 1'b0;
        hw.info.escalation.hwset     = 1'b0;
        hw.status.busy.next          = busy;
        hw.status.error.next         = '0;
        hw.status.count.next         = 16'd1;  // nothing here remembers an earlier power-on
        hw.lines.released.next       = released;
    end

    always_comb begin
        faults_used             = '0;
        faults_used[STUCK_BUSY] = begin_now;
    end

    assign violation = 1'b0;  // whoever is in use behind a line that is asserted says so
endmodule
