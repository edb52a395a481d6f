// Controller of four channels of a stack: initialisation, seed, scrub, and the traffic fence before it all.
// The memory itself, and its errors, is what a testbench plants.

module hbm_mc
    import block_pkg::*;
    import hbm_mc_regs_pkg::*;
#(
    parameter int unsigned INIT_US = 500,
    parameter int unsigned SEED_US = 50_000,
    parameter logic [31:0] ACTIVATIONS_PER_US = 20  // of a workload in service
) (
    input  logic link,        // DFI to trained and tested memory
    input  logic [15:0] source_mhz,  // the rate of its clock; 0 without
    output logic provides,    // memory: its contents are valid, and traffic may pass
    output logic in_use,      // traffic may pass, or it works on the memory: what it needs must stay
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list. The value of most is a channel.
    localparam int unsigned STUCK_BUSY = 0, INIT_FAIL = 1, SEED_FAIL = 2, SCRUB_STUCK = 3, CE_STORM = 4, UE = 5, CATTRIP = 6;

    localparam int unsigned CHANNELS = 4;
    localparam logic [39:0] CE_ADDRESS = 40'h1_0000_0040, UE_ADDRESS = 40'h1_0000_0080;  // where planted errors are found

    hbm_mc__in_t  hw;
    hbm_mc__out_t sw;
    hbm_mc_regs regs (.clk, .rst_n, .por_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // What software asks for. A locked register that is written to stays as it is.
    logic open, was_open, corrects, corrected_before, scrubs, scrubbed_before, opens, blinds, scrub_starts;
    logic timing_written, refresh_written, reconfigured;
    assign open         = !sw.init_ctrl.axi_fence.value;
    assign corrects     = sw.ecc_ctrl.corr_en.value;
    assign scrubs       = sw.ecc_ctrl.scrub_en.value;
    assign opens        = open && !was_open;
    assign blinds       = !corrects && corrected_before;
    assign scrub_starts = scrubs && !scrubbed_before;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            was_open         <= 1'b0;
            corrected_before <= 1'b0;
            scrubbed_before  <= 1'b0;
        end else begin
            was_open         <= open;
            corrected_before <= corrects;
            scrubbed_before  <= scrubs;
        end
    end
    assign timing_written = sw.timing.trcd.swmod || sw.timing.trp.swmod || sw.timing.tras.swmod || sw.timing.twr.swmod
        || sw.timing.trfc.swmod || sw.timing.trfcpb.swmod || sw.timing.tfaw.swmod || sw.timing.trrd.swmod
        || sw.timing.tccd_l.swmod || sw.timing.twtr.swmod || sw.timing.rl.swmod || sw.timing.wl.swmod;
    assign refresh_written = sw.refresh.trefi.swmod || sw.refresh.per_bank.swmod || sw.refresh.temp_scale.swmod
        || sw.refresh.raaimt.swmod || sw.refresh.raammt.swmod || sw.refresh.rfm_en.swmod;
    assign reconfigured = (timing_written || refresh_written) && sw.regwen.writable.value;

    // DFI comes and goes with the PHY, and with the clock.
    logic there, dfi, dfi_lost;
    assign there    = link && source_mhz != 0;
    assign dfi_lost = dfi && !there;
    always_ff @(posedge clk) begin
        if (!rst_n) dfi <= 1'b0;
        else dfi <= there;
    end

    // Initialisation and seed, one at a time, and only with DFI: there is no memory to talk to without.
    us_t work_alarm, pass_alarm, late_alarm;
    assign alarm = sooner(work_alarm, sooner(pass_alarm, late_alarm));
    logic inprog, passed, init_failed, seeding, seeded, seed_failed;
    logic start, busy, initialise, seed, finished, failed;
    logic [CHANNELS-1:0] fail_channels, unreached;
    assign start      = sw.init_ctrl.start.value || sw.seed_ctrl.start.value;
    assign busy       = inprog || seeding;
    assign initialise = sw.init_ctrl.start.value && dfi && !dfi_lost && !busy;
    assign seed       = sw.seed_ctrl.start.value && dfi && !dfi_lost && !busy;
    assign failed     = faults.planted[inprog ? INIT_FAIL : SEED_FAIL];
    assign unreached  = failed ? CHANNELS'(1) << faults.value[inprog ? INIT_FAIL : SEED_FAIL] : '0;
    delay work_delay (
        .clk, .rst_n, .step, .start((initialise || seed) && !faults.planted[STUCK_BUSY]), .stop(dfi_lost),
        .us(initialise ? INIT_US : SEED_US), .running(), .alarm(work_alarm), .done(finished));

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            inprog        <= 1'b0;
            passed        <= 1'b0;
            init_failed   <= 1'b0;
            seeding       <= 1'b0;
            seeded        <= 1'b0;
            seed_failed   <= 1'b0;
            fail_channels <= '0;
        end else if (dfi_lost || initialise) begin
            inprog        <= initialise;
            passed        <= 1'b0;
            init_failed   <= 1'b0;
            seeding       <= 1'b0;
            seeded        <= 1'b0;
            seed_failed   <= 1'b0;
            fail_channels <= '0;
        end else begin
            if (seed) begin
                seeding       <= 1'b1;
                seeded        <= 1'b0;
                seed_failed   <= 1'b0;
                fail_channels <= '0;
            end
            if (finished) begin
                inprog        <= 1'b0;
                seeding       <= 1'b0;
                fail_channels <= unreached;
            end
            if (finished && seeding) begin
                seeded      <= !failed;
                seed_failed <= failed;
            end
            if (finished && inprog) begin
                passed      <= !failed;
                init_failed <= failed;
            end
            if (reconfigured) passed <= 1'b0;
        end
    end
    assign provides = open && seeded;

    // Cycles that are made for a clock of another rate: memory is to be refreshed every 4 us, a row needs 14 ns.
    logic too_rare, too_short;
    assign too_rare  = 18'(sw.refresh.trefi.value) > {source_mhz, 2'b0};
    assign too_short = 32'(sw.timing.trcd.value) * 1000 < 14 * 32'(source_mhz);

    // Time: of the present initialisation or seed, and activations in service
    logic [31:0] elapsed, activations;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            elapsed     <= '0;
            activations <= '0;
        end else begin
            if (initialise || seed) elapsed <= '0;
            else if (busy) elapsed <= later(elapsed, tick);
            if (!provides) activations <= '0;
            else activations <= activations + ACTIVATIONS_PER_US * 32'(tick);
        end
    end

    // Scrub: pass after pass, each of scrub_ms, over 2^20 units of 64 KiB. One that does not get through is late after two.
    logic scrub_late, scrub_overdue;
    logic [31:0] pass_us, position, reached;
    logic whole;
    logic [7:0] passes;
    logic [19:0] address;
    assign pass_us = 32'(sw.ecc_ctrl.scrub_ms.value) * 1000;
    assign reached = position + 32'(tick);
    assign whole   = reached >= pass_us;
    assign pass_alarm = !scrubs || pass_us == 0 ? '0 : position < pass_us ? clipped(pass_us - position) : 16'd1;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            position <= '0;
            passes   <= '0;
            address  <= '0;
        end else if (scrub_starts) begin
            position <= '0;
            passes   <= '0;
            address  <= '0;
        end else if (tick != 0 && scrubs && pass_us != 0) begin
            position <= whole ? '0 : reached;
            address  <= whole ? '0 : 20'({reached, 20'b0} / 52'(pass_us));
            if (whole && passes != '1) passes <= passes + 1;
        end
    end

    delay scrub_delay (
        .clk, .rst_n, .step, .start(scrub_starts && faults.planted[SCRUB_STUCK]), .stop(!scrubs), .us(2 * pass_us),
        .running(), .alarm(late_alarm), .done(scrub_late));
    always_ff @(posedge clk) begin
        if (!rst_n) scrub_overdue <= 1'b0;
        else scrub_overdue <= (scrub_overdue || scrub_late) && scrubs;
    end

    // Errors take effect at once, or with power, and once for each planting. They are evidence: only power-on, or their owner,
    // clears them.
    logic [2:0] errors, errors_seen, triggers;
    logic powered, ce, ce_counted, ue, trips, cattrip, storms;
    logic [CHANNELS-1:0] ce_here, ue_here, ce_valid, ue_valid, at_threshold;
    assign errors            = {faults.planted[CATTRIP], faults.planted[UE], faults.planted[CE_STORM]};
    assign triggers          = powered ? errors & ~errors_seen : '0;
    assign {trips, ue, ce}   = triggers;
    assign ce_here           = ce ? CHANNELS'(1) << faults.value[CE_STORM] : '0;
    assign ue_here           = ue ? CHANNELS'(1) << faults.value[UE] : '0;
    assign storms            = ce_counted && at_threshold != '0;
    always_comb begin
        for (int unsigned n = 0; n < CHANNELS; n++) begin
            at_threshold[n] = ce_valid[n] && sw.ch[n].ce.count.value >= sw.ce_thresh.count.value;
        end
    end
    always_ff @(posedge clk) begin
        if (!por_n) begin
            powered     <= 1'b0;
            errors_seen <= '0;
            ce_counted  <= 1'b0;
            ce_valid    <= '0;
            ue_valid    <= '0;
            cattrip     <= 1'b0;
        end else begin
            powered     <= 1'b1;
            errors_seen <= powered ? errors : '0;
            ce_counted  <= ce;
            ce_valid    <= (sw.ecc_clr.clear.value ? '0 : ce_valid) | ce_here;
            ue_valid    <= (sw.ecc_clr.clear.value ? '0 : ue_valid) | ue_here;
            cattrip     <= cattrip || trips;
        end
    end

    // What software and others see
    always_comb begin
        hw.status.dfi.next           = dfi;
        hw.status.inprog.next        = inprog;
        hw.status.passed.next        = passed;
        hw.status.init_failed.next   = init_failed;
        hw.status.seeding.next       = seeding;
        hw.status.seeded.next        = seeded;
        hw.status.seed_failed.next   = seed_failed;
        hw.status.scrub_overdue.next = scrub_overdue;
        hw.status.fenced.next        = !open;
        hw.status.fail_channels.next = fail_channels;
        hw.status.cattrip.next       = cattrip;
        hw.mr_rdata.data.next        = '0;
        hw.thermal.celsius.next      = 8'd45;
        hw.thermal.band.next         = '0;
        hw.scrub_status.passes.next  = passes;
        hw.scrub_status.address.next = address;
        hw.elapsed.us.next           = elapsed;
        hw.act_mon.count.next        = activations;
        hw.clk_rate.mhz.next         = source_mhz;
        hw.intr_state.ce_storm.next  = storms;
        hw.intr_state.ue.next        = ue;
        hw.intr_state.dfi_lost.next  = dfi_lost;
        hw.intr_state.cattrip.next   = trips;
        for (int unsigned n = 0; n < CHANNELS; n++) begin
            hw.ch[n].ce.count.incr      = ce_here[n];
            hw.ch[n].ce.count.incrvalue = '1;  // a storm: more than the counter can hold
            hw.ch[n].ce.count.hwclr     = sw.ecc_clr.clear.value;
            hw.ch[n].ue.count.incr      = ue_here[n];
            hw.ch[n].ue.count.hwclr     = sw.ecc_clr.clear.value;
            {hw.ch[n].ce_addr.high.next, hw.ch[n].ce_addr.low.next} = ce_valid[n] ? CE_ADDRESS : '0;
            {hw.ch[n].ue_addr.high.next, hw.ch[n].ue_addr.low.next} = ue_valid[n] ? UE_ADDRESS : '0;
            hw.ch[n].ce_addr.valid.next = ce_valid[n];
            hw.ch[n].ue_addr.valid.next = ue_valid[n];
        end
    end

    always_comb begin
        faults_used              = '0;
        faults_used[STUCK_BUSY]  = initialise || seed;
        faults_used[INIT_FAIL]   = finished && inprog;
        faults_used[SEED_FAIL]   = finished && seeding;
        faults_used[SCRUB_STUCK] = scrub_starts;
        faults_used[CE_STORM]    = ce;
        faults_used[UE]          = ue;
        faults_used[CATTRIP]     = trips;
    end

    assign in_use = open || busy || scrubs;

    assign violation = (reconfigured && (open || busy))                                       // another timing under traffic
        || (initialise && (too_rare || too_short))                                            // made for another rate
        || (start && (open || !dfi || busy))                                                  // initialised or seeded under it
        || (sw.seed_ctrl.start.value && !busy && (!passed || !corrects || seeded))            // seeded too early, or twice
        || (opens && (!seeded || !passed))                                                    // opened over undefined contents
        || (blinds && open)                                                                   // ECC off under traffic
        || (scrub_starts && !seeded);                                                         // scrub over undefined contents
endmodule
