// Power manager of a die: the rails ramp, then stay good. What drives them is outside.

module pwrmgr
    import block_pkg::*;
    import pwrmgr_regs_pkg::*;
#(
    parameter int unsigned RAMP_US = 150
) (
    output logic provides,  // all rails of the die
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned STUCK_BUSY = 0, RAIL_FAULT = 1;

    localparam logic [2:0] RAMPING = 3'd0, ACTIVE = 3'd1, FAULT = 3'd7;
    localparam logic [4:0] ALL_RAILS = 5'b11111, ONE_MISSING = 5'b11101;  // planted: the SRAM rail

    pwrmgr__in_t  hw;
    pwrmgr__out_t sw;
    pwrmgr_regs regs (.clk, .rst_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // The slow sequencer: rails ramp from the first clock after reset, and are judged once, at the end.
    logic awake, begun, begin_now, ramped, rail_fault;
    logic [2:0] state;
    logic [4:0] rail_good;
    assign begin_now  = awake && !begun;
    assign rail_fault = faults.planted[RAIL_FAULT];
    delay ramping_delay (
        .clk, .rst_n, .step, .start(begin_now && !faults.planted[STUCK_BUSY]), .stop(1'b0), .us(RAMP_US),
        .running(), .alarm, .done(ramped));
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            awake     <= 1'b0;
            begun     <= 1'b0;
            state     <= RAMPING;
            rail_good <= '0;
        end else begin
            awake <= 1'b1;
            begun <= awake;
            if (ramped) begin
                state     <= rail_fault ? FAULT : ACTIVE;
                rail_good <= rail_fault ? ONE_MISSING : ALL_RAILS;
            end
        end
    end

    // What software and others see. Domains and their switches are watched by their PPUs, so nothing is told of them here.
    always_comb begin
        hw.status.state.next           = state;
        hw.status.rail_good.next       = rail_good;
        hw.status.domains.next         = '0;
        hw.errors.rail.hwset           = ramped && rail_fault;
        hw.errors.switch_timeout.hwset = 1'b0;
        hw.errors.glitch.hwset         = 1'b0;
    end
    assign provides = state == ACTIVE;

    always_comb begin
        faults_used             = '0;
        faults_used[STUCK_BUSY] = begin_now;
        faults_used[RAIL_FAULT] = ramped;
    end

    assign violation = 1'b0;  // software has nothing to do wrong: it only watches
endmodule
