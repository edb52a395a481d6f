// Power policy unit: the switch of a domain ramps to what the policy wants, or the domain denies.

module ppu
    import block_pkg::*;
    import ppu_regs_pkg::*;
(
    input  logic rail,
    output logic provides,      // the domain has power
    output logic draws_inrush,  // the switch ramps
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned STUCK_BUSY = 0, DENY = 1;

    localparam logic [3:0] OFF = 4'd0, ON = 4'd8;

    ppu__in_t  hw;
    ppu__out_t sw;
    ppu_regs regs (.clk, .rst_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // What software asks for. A write of the mode that the domain is in starts nothing.
    logic [3:0] wanted, was_wanted, mode;
    logic written, start, busy;
    assign wanted = sw.policy.policy.value;
    assign start  = written && (wanted != mode || busy);
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            written    <= 1'b0;
            was_wanted <= OFF;
        end else begin
            written    <= sw.policy.policy.swmod || sw.policy.dynamic.swmod;
            was_wanted <= wanted;
        end
    end

    // What is behind the switch goes with the rail, and does not come back by itself.
    logic had_rail, rail_lost;
    assign rail_lost = had_rail && !rail;
    always_ff @(posedge clk) begin
        if (!rst_n) had_rail <= 1'b0;
        else had_rail <= rail;
    end

    // The switch ramps; the domain accepts or denies at the end. A new wish in mid-ramp ramps anew.
    logic stuck, deny, ramped, denied;
    assign stuck = faults.planted[STUCK_BUSY];
    assign deny  = faults.planted[DENY] || (wanted == ON && !rail);
    delay ramping_delay (
        .clk, .rst_n, .step, .start(start && !stuck), .stop((start && stuck) || rail_lost), .us(32'(sw.delays.ramp_us.value)),
        .running(), .alarm, .done(ramped));

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            mode   <= OFF;
            busy   <= 1'b0;
            denied <= 1'b0;
        end else if (rail_lost) begin
            mode   <= OFF;
            busy   <= start;
        end else if (written) begin
            busy   <= busy || start;
            denied <= 1'b0;
        end else if (ramped) begin
            busy   <= 1'b0;
            denied <= deny;
            if (!deny) mode <= wanted;
        end
    end

    // What software and others see
    always_comb begin
        hw.status.mode.next    = mode;
        hw.status.busy.next    = busy;
        hw.status.denied.next  = denied;
        hw.events.accept.hwset = ramped && !deny;
        hw.events.deny.hwset   = ramped && deny;
        hw.events.lost.hwset   = rail_lost && mode != OFF;
    end
    assign provides     = mode == ON;
    assign draws_inrush = busy;

    always_comb begin
        faults_used             = '0;
        faults_used[STUCK_BUSY] = start;
        faults_used[DENY]       = ramped;
    end

    assign violation = (start && ((busy && wanted == was_wanted)  // asked for the same mode twice while ramping
            || (wanted != ON && wanted != OFF)                    // taken to another mode than ON and OFF
            || (wanted == ON && !rail)))                          // switched on without its rail
        || (rail_lost && provides);                               // its rail was taken away while the domain was on
endmodule
