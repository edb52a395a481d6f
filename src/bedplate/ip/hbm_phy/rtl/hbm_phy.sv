// PHY of one stack: PLL, impedance, DFI, and the sequencer that trains and tests while nobody looks.
// What is analogue, the eyes above all, is its behaviour.

module hbm_phy
    import block_pkg::*;
    import hbm_phy_regs_pkg::*;
#(
    parameter int unsigned LOCK_US = 12,
    parameter int unsigned LOCK_TIMEOUT_US = 100,
    parameter int unsigned ZQ_US = 40,
    parameter int unsigned DFI_US = 5,
    parameter int unsigned TRAIN_US = 300_000,  // five equal steps
    parameter int unsigned TEST_US = 300_000,
    parameter int unsigned LOSS_US = 100        // from coming into service (or from lock) to its loss, where planted
) (
    input  logic link,        // a stack that holds its mode registers
    input  logic [15:0] source_mhz,  // the rate of its clock; 0 without
    output logic provides,    // DFI to trained and tested memory
    output logic in_use,      // in service, or training or testing: what it needs must stay
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned NO_LOCK = 0, LOCK_LOST = 1, TRAIN_FAIL = 2, STUCK_BUSY = 3, MARGINAL = 4, TEST_FAIL = 5;
    localparam int unsigned NO_DFI = 6, GARBLED = 7, DFI_LOST = 8, DRIFT = 9;

    localparam logic [31:0] NOT_STARTED = 32'h1111_1111, STARTED = 32'h0, PASSED = 32'h600D_600D, FAILED = 32'h0000_FA11;
    localparam logic [31:0] GARBAGE = 32'h0BAD_C0DE;
    localparam logic [2:0] NONE = 3'd0, RX_OFFSET = 3'd1, VREF = 3'd3, CENTRING = 3'd5;
    localparam int unsigned STEPS = 5;
    localparam int unsigned CHANNELS = 16;

    hbm_phy__in_t  hw;
    hbm_phy__out_t sw;
    hbm_phy_regs regs (.clk, .rst_n, .por_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    function automatic logic [CHANNELS-1:0] only(logic [31:0] channel);
        return CHANNELS'(1) << channel;
    endfunction

    // Reset and power of the PHY forget everything; a stack that lost its state withdraws training and test.
    logic on, was_on, released, withdraw;
    assign on       = !sw.phy_ctrl.rst.value && !sw.phy_ctrl.pd.value;
    assign released = on && !was_on;
    assign withdraw = !on || !link;
    always_ff @(posedge clk) begin
        if (!rst_n) was_on <= 1'b0;
        else was_on <= on;
    end

    // What is planted while in service takes effect at once; what was planted before does when its time comes.
    logic [2:0] losses, losses_seen, triggers;
    assign losses  = {faults.planted[DRIFT], faults.planted[DFI_LOST], faults.planted[LOCK_LOST]};
    assign triggers = provides ? losses & ~losses_seen : '0;
    always_ff @(posedge clk) begin
        if (!rst_n) losses_seen <= '0;
        else losses_seen <= losses;
    end

    // Of all delays
    us_t alarms[7];
    always_comb begin
        alarm = '0;
        for (int unsigned n = 0; n < 7; n++) alarm = sooner(alarm, alarms[n]);
    end

    // PLL: lock, or the end of patience
    logic source, lock, lock_timeout, no_lock, finds_none, decided, locked, lock_wears_off, lose_lock;
    assign source     = source_mhz != 0;
    assign finds_none = faults.planted[NO_LOCK] || !source;
    delay locking_delay (
        .clk, .rst_n, .step, .start(released), .stop(!on), .us(finds_none ? LOCK_TIMEOUT_US : LOCK_US),
        .running(), .alarm(alarms[0]), .done(decided));
    assign locked = decided && !no_lock && source;
    delay losing_lock_delay (
        .clk, .rst_n, .step, .start(locked && faults.planted[LOCK_LOST]), .stop(!on), .us(LOSS_US),
        .running(), .alarm(alarms[1]), .done(lock_wears_off));
    assign lose_lock = lock_wears_off || triggers[0] || (lock && !source);

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            no_lock      <= 1'b0;
            lock         <= 1'b0;
            lock_timeout <= 1'b0;
        end else begin
            if (released) no_lock <= finds_none;
            lock         <= (lock || locked) && on && !lose_lock;
            lock_timeout <= (lock_timeout || (decided && !locked) || lose_lock) && on;
        end
    end

    // Impedance
    logic calibrate, calibrated, zq_busy, zq_done;
    logic [5:0] zq_code;
    assign calibrate = sw.zq_ctrl.start.value && !zq_busy && lock;
    delay calibrating_delay (
        .clk, .rst_n, .step, .start(calibrate), .stop(!on), .us(ZQ_US), .running(), .alarm(alarms[2]),
        .done(calibrated));

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            zq_busy <= 1'b0;
            zq_done <= 1'b0;
            zq_code <= '0;
        end else if (!on) begin
            zq_busy <= 1'b0;
            zq_done <= 1'b0;
            zq_code <= '0;
        end else if (calibrate) begin
            zq_busy <= 1'b1;
            zq_done <= 1'b0;
        end else if (calibrated) begin
            zq_busy <= 1'b0;
            zq_done <= 1'b1;
            zq_code <= 6'h1F;
        end
    end

    // DFI: asked for by writing a one, complete as long as it stays one
    logic tested;  // into service: what is planted to be lost begins to wear off
    logic dfi_written, ask, asking, answered, complete, dfi_wears_off, lose_dfi;
    assign ask = dfi_written && sw.dfi_init.start.value && !complete && !asking && zq_done;
    delay answering_delay (
        .clk, .rst_n, .step, .start(ask && !faults.planted[NO_DFI]), .stop(!on || !sw.dfi_init.start.value), .us(DFI_US),
        .running(asking), .alarm(alarms[3]), .done(answered));
    delay losing_dfi_delay (
        .clk, .rst_n, .step, .start(tested && faults.planted[DFI_LOST]), .stop(!on), .us(LOSS_US),
        .running(), .alarm(alarms[4]), .done(dfi_wears_off));
    assign lose_dfi = dfi_wears_off || triggers[1];

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            dfi_written <= 1'b0;
            complete    <= 1'b0;
        end else begin
            dfi_written <= sw.dfi_init.start.swmod;
            complete    <= (complete || answered) && on && sw.dfi_init.start.value && !lose_dfi;
        end
    end

    // The sequencer: one delay for each step of training, one for a memory test. A planted hang never starts it.
    logic train, test, running, sequenced, step_done, next_step, test_busy;
    logic [2:0] training;  // the step that runs; NONE outside training
    logic [31:0] code;
    assign running = training != NONE || test_busy;
    assign train   = sw.train_cmd.start.value && !running && complete && !withdraw;
    assign test    = sw.test_cmd.start.value && !running && code == PASSED && !withdraw;
    delay sequencer_delay (
        .clk, .rst_n, .step, .start(((train || test) && !faults.planted[STUCK_BUSY]) || (next_step && !withdraw)),
        .stop(withdraw), .us(test ? TEST_US : TRAIN_US / STEPS), .running(), .alarm(alarms[5]), .done(sequenced));
    assign step_done = sequenced && training != NONE;
    assign tested    = sequenced && test_busy;

    // Training
    logic [2:0] fail_step;
    logic [CHANNELS-1:0] fail_channels, to_fail;  // `to_fail` is decided at the start, found at the third step
    logic [15:0] post_code;
    logic fails, measure;
    assign fails   = step_done && training == VREF && to_fail != '0;
    assign measure = step_done && training == CENTRING;

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            training      <= NONE;
            next_step     <= 1'b0;
            code          <= NOT_STARTED;
            to_fail       <= '0;
            fail_step     <= NONE;
            fail_channels <= '0;
            post_code     <= '0;
        end else if (withdraw || train) begin
            training      <= train ? RX_OFFSET : NONE;
            next_step     <= 1'b0;
            code          <= train ? STARTED : NOT_STARTED;
            to_fail       <= faults.planted[TRAIN_FAIL] ? only(faults.value[TRAIN_FAIL]) : '0;
            fail_step     <= NONE;
            fail_channels <= '0;
            post_code     <= '0;
        end else begin
            next_step <= step_done && !fails && !measure;
            if (step_done) begin
                training  <= fails || measure ? NONE : training + 1;
                post_code <= {5'd0, training, 8'd100};
            end
            if (fails) begin
                code          <= FAILED;
                fail_step     <= training;
                fail_channels <= to_fail;
            end
            if (measure) code <= faults.planted[GARBLED] ? GARBAGE : PASSED;
            if (tested) post_code <= 16'h0700;
        end
    end

    // Memory test
    logic test_done;
    logic [CHANNELS-1:0] test_fails;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            test_busy  <= 1'b0;
            test_done  <= 1'b0;
            test_fails <= '0;
        end else if (withdraw || train || test) begin
            test_busy  <= test;
            test_done  <= 1'b0;
            test_fails <= '0;
        end else if (tested) begin
            test_busy  <= 1'b0;
            test_done  <= 1'b1;
            test_fails <= faults.planted[TEST_FAIL] ? only(faults.value[TEST_FAIL]) : '0;
        end
    end

    // Eyes: 30/64 of a unit interval by 60 mV in every channel, but for one that is planted to be narrow.
    localparam logic [7:0] WIDTH = 8'd30, NARROW = 8'd12, HEIGHT = 8'd60;
    logic measured;
    logic [CHANNELS-1:0] narrow, to_be_narrow, too_small, marginal;
    assign to_be_narrow = faults.planted[MARGINAL] ? only(faults.value[MARGINAL]) : '0;
    always_comb begin
        for (int unsigned n = 0; n < CHANNELS; n++) begin
            too_small[n] = (to_be_narrow[n] ? NARROW : WIDTH) < sw.eye_limit.width.value
                || HEIGHT < sw.eye_limit.height.value;
        end
    end
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            measured <= 1'b0;
            narrow    <= '0;
            marginal <= '0;
        end else if (measure) begin
            measured <= 1'b1;
            narrow    <= to_be_narrow;
            marginal <= too_small;
        end else if (withdraw || train) begin
            marginal <= '0;
        end
    end

    // Drift of what is trained
    logic drift_sets_in, drift, retrain;
    logic [7:0] trained, present;
    delay drifting_delay (
        .clk, .rst_n, .step, .start(tested && faults.planted[DRIFT]), .stop(!on), .us(LOSS_US),
        .running(), .alarm(alarms[6]), .done(drift_sets_in));
    assign drift = (drift_sets_in || triggers[2]) && code == PASSED;

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            retrain <= 1'b0;
            trained <= '0;
            present <= '0;
        end else begin
            retrain <= (retrain || drift) && !withdraw && !train;
            if (measure) trained <= 8'h80;
            if (measure) present <= 8'h80;
            else if (drift) present <= 8'hA0;
        end
    end

    // Time: of the present training or test, and of the sequencer itself
    logic [31:0] elapsed, heartbeat;
    logic [31:0] us;  // since the last heartbeat
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            elapsed   <= '0;
            heartbeat <= '0;
            us        <= '0;
        end else begin
            if (withdraw || train || test) elapsed <= '0;
            else if (running) elapsed <= later(elapsed, tick);
            if (tick != 0) begin
                us        <= (us + 32'(tick)) % 1000;
                heartbeat <= heartbeat + (us + 32'(tick)) / 1000;
            end
        end
    end

    // What software and others see
    always_comb begin
        hw.pll.lock.next                  = lock;
        hw.pll.lock_lost.hwset            = lose_lock;
        hw.pll.lock_timeout.next          = lock_timeout;
        hw.pll.mhz.next                   = source_mhz;
        hw.zq_status.busy.next            = zq_busy;
        hw.zq_status.done.next            = zq_done;
        hw.zq_status.code.next            = zq_code;
        hw.dfi_status.complete.next       = complete;
        hw.train_status.code.next         = code;
        hw.post_code.code.next            = post_code;
        hw.fail_step.step.next            = {1'b0, fail_step};
        hw.fail_channels.mask.next        = fail_channels;
        hw.marginal.mask.next             = marginal;
        hw.elapsed.us.next                = elapsed;
        hw.test_status.busy.next          = test_busy;
        hw.test_status.done.next          = test_done;
        hw.test_status.fail_channels.next = test_fails;
        hw.drift.retrain.next             = retrain;
        hw.drift.trained.next             = trained;
        hw.drift.present.next             = present;
        hw.fw_msg.id.next                 = '0;
        hw.fw_msg.arg.next                = '0;
        hw.fw_heartbeat.count.next        = heartbeat;
        for (int unsigned n = 0; n < CHANNELS; n++) begin
            hw.ch[n].vref.code.we       = measure;
            hw.ch[n].vref.code.next     = 7'h38 + 7'(n);
            hw.ch[n].delay.wdqs2ck.next = measured ? 10'd200 + 10'(n) : '0;
            hw.ch[n].delay.rx.next      = measured ? 10'd100 + 10'(n) : '0;
            hw.ch[n].eye.width.next     = !measured ? '0 : narrow[n] ? NARROW : WIDTH;
            hw.ch[n].eye.height.next    = measured ? HEIGHT : '0;
        end
    end
    assign provides = code == PASSED && test_done && test_fails == '0 && complete && lock;

    always_comb begin
        faults_used             = '0;
        faults_used[NO_LOCK]    = released;
        faults_used[LOCK_LOST]  = locked || triggers[0];
        faults_used[TRAIN_FAIL] = train;
        faults_used[STUCK_BUSY] = train || test;
        faults_used[MARGINAL]   = measure;
        faults_used[TEST_FAIL]  = tested;
        faults_used[NO_DFI]     = ask;
        faults_used[GARBLED]    = measure;
        faults_used[DFI_LOST]   = tested || triggers[1];
        faults_used[DRIFT]      = tested || triggers[2];
    end

    assign in_use = provides || running;

    assign violation = (sw.speed.bin.swmod && !sw.phy_ctrl.rst.value)        // speed changed outside reset
        || (sw.zq_ctrl.start.value && !calibrate)                            // calibrated twice, or without a clock
        || (sw.train_cmd.start.value && !train)                              // trained while busy, without DFI or stack
        || (train && sw.train_cmd.steps.value != '1)                         // steps left out
        || (sw.test_cmd.start.value && (!test || provides));                 // tested while busy, untrained, or in service
endmodule
