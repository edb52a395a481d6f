// Clock manager: roots whose switches wait for both clocks, and gates. The clocks themselves are their presence only.

module clkmgr
    import block_pkg::*;
    import clkmgr_regs_pkg::*;
#(
    parameter int unsigned SWITCH_US = 1,
    parameter int unsigned GIVE_UP_US = 20  // how long a switch waits for a clock that is dead
) (
    input  logic       source,    // the PLL of the core root gives a clock
    output logic [7:0] provides,  // the roots: 1 is from the PLL, with its gate open
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned STUCK_BUSY = 0, DEAD_CLOCK = 1;

    localparam int unsigned ROOTS = 8;
    localparam int unsigned CORE = 0;

    clkmgr__in_t  hw;
    clkmgr__out_t sw;
    clkmgr_regs regs (.clk, .rst_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // What software asks for. A write that finds the switch where it wants it starts nothing.
    logic [ROOTS-1:0] wanted, enabled, write, written, start;
    logic [ROOTS-1:0] on_pll, switching;
    for (genvar i = 0; i < ROOTS; i++) begin : gen_asked
        assign wanted[i]  = sw.root[i].source.value;
        assign enabled[i] = sw.root[i].enable.value;
        assign write[i]   = sw.root[i].source.swmod;
    end
    always_ff @(posedge clk) begin
        if (!rst_n) written <= '0;
        else written <= write;
    end
    assign start = written & (wanted ^ on_pll);

    // The switches. Of the clocks only the core root's PLL is watched here: each other root answers to those who use it.
    // When that dies, its switch falls back to the reference, and stays there.
    logic stuck;
    logic [ROOTS-1:0] dead, dying, ended, fallen;
    us_t alarms[ROOTS];
    assign stuck = faults.planted[STUCK_BUSY];
    always_comb begin
        dead       = {ROOTS{faults.planted[DEAD_CLOCK]}};
        dead[CORE] = dead[CORE] || (wanted[CORE] && !source);
        fallen       = '0;
        fallen[CORE] = on_pll[CORE] && !source;
    end
    for (genvar i = 0; i < ROOTS; i++) begin : gen_switch
        delay switching_delay (
            .clk, .rst_n, .step, .start(start[i] && !stuck), .stop(start[i] && stuck),
            .us(dead[i] ? GIVE_UP_US : SWITCH_US), .running(), .alarm(alarms[i]), .done(ended[i]));
    end
    always_comb begin
        alarm = '0;
        for (int unsigned i = 0; i < ROOTS; i++) alarm = sooner(alarm, alarms[i]);
    end
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            switching <= '0;
            dying     <= '0;
            on_pll    <= '0;
        end else begin
            switching <= (switching & ~ended) | start;
            dying     <= (dying & ~start) | (dead & start);
            for (int unsigned i = 0; i < ROOTS; i++) begin
                if (ended[i] && !dying[i]) on_pll[i] <= wanted[i];
                else if (fallen[i]) on_pll[i] <= 1'b0;
            end
        end
    end

    // Evidence waits for a clock in which software does not write it: neither a new bit nor the clearing of another is lost.
    logic [ROOTS-1:0] found;
    logic log;
    assign log = found != '0 && !sw.errors.dead.swmod;
    always_ff @(posedge clk) begin
        if (!rst_n) found <= '0;
        else found <= (log ? '0 : found) | (ended & dying) | fallen;
    end

    // What software and others see. Nothing here measures frequencies.
    always_comb begin
        hw.status.on_pll.next        = on_pll;
        hw.status.enabled.next       = enabled;
        hw.status.switching.next     = switching;
        hw.errors.dead.we            = log;
        hw.errors.dead.next          = sw.errors.dead.value | found;
        hw.errors.off_frequency.we   = 1'b0;
        hw.errors.off_frequency.next = sw.errors.off_frequency.value;
    end
    assign provides = on_pll & enabled;

    always_comb begin
        faults_used             = '0;
        faults_used[STUCK_BUSY] = start != '0;
        faults_used[DEAD_CLOCK] = start != '0 && !stuck;
    end

    assign violation = (start & switching) != '0;  // switched again while it was switching
endmodule
