// Power manager of a die: the rails ramp, then stay good. What drives them is outside.

module pwrmgr
    import block_pkg::*;
    import pwrmgr_regs_pkg::*;
#(
    parameter int unsigned RAMP_US = 150
) (
    input  logic              clk,
    input  logic              por_n,
    input  logic              rst_n,
    input  us_t               tick,
    input  us_t               step,
    output us_t               alarm,
    input  apb_req_t          apb,
    output apb_rsp_t          apb_rsp,
    input  faults_t           faults,
    output logic [FAULTS-1:0] faults_used,
    output logic              hazard,  // one clock: software did what it must not

    output logic provides              // all rails of the die
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned STUCK_BUSY = 0, RAIL_FAULT = 1;

    localparam logic [2:0] RAMPING = 3'd0, ACTIVE = 3'd1, FAULT = 3'd7;
    localparam logic [4:0] ALL_RAILS = 5'b11111, ONE_MISSING = 5'b11101;  // planted: the SRAM rail

    pwrmgr__in_t  hw;
    pwrmgr__out_t sw;
    pwrmgr_regs regs (
        .clk, .rst_n(rst_n),
        .s_apb_psel(apb.psel), .s_apb_penable(apb.penable), .s_apb_pwrite(apb.pwrite), .s_apb_pprot(3'b000),
        .s_apb_paddr(apb.paddr[PWRMGR_REGS_MIN_ADDR_WIDTH-1:0]), .s_apb_pwdata(apb.pwdata), .s_apb_pstrb(apb.pstrb),
        .s_apb_pready(apb_rsp.pready), .s_apb_prdata(apb_rsp.prdata), .s_apb_pslverr(apb_rsp.pslverr),
        .hwif_in(hw), .hwif_out(sw)
    );

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

    assign hazard = 1'b0;  // software has nothing to do wrong: it only watches
endmodule
