// One end of a die-to-die link: sideband, training with the other end, link state. What is analogue is its behaviour.

module d2d
    import block_pkg::*;
    import d2d_regs_pkg::*;
#(
    parameter int unsigned SIDEBAND_US = 10,
    parameter int unsigned TRAIN_US = 10_000,  // lanes that do not train are found after half of it
    parameter int unsigned PATIENCE_US = 8_000,
    parameter int unsigned LOSS_US = 100       // from coming up to the loss of lanes, where that is planted
) (
    input  logic side,        // which end this is
    input  logic [2:0] far,   // what the other end tells: trained, training, awake; all low without its clock
    output logic [2:0] near,  // the same of this end
    output logic provides,    // a link that is up
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned TRAIN_FAIL = 0, STUCK_BUSY = 1, NO_SIDEBAND = 2, LANES_LOST = 3;

    localparam logic [3:0] RESET = 4'd0, SBINIT = 4'd1, MBINIT = 4'd2, MBTRAIN = 4'd3, LINKINIT = 4'd4, ACTIVE = 4'd5;
    localparam logic [3:0] TRAINERROR = 4'd6;
    localparam logic [2:0] NONE = 3'd0, NO_PARTNER = 3'd1, FAILED = 3'd2, REMOTE = 3'd3, LOST = 3'd4, LANES = 3'd5, TIMEOUT = 3'd6;

    d2d__in_t  hw;
    d2d__out_t sw;
    d2d_regs regs (.clk, .rst_n, .por_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // What the ends tell each other
    logic far_awake, far_training, far_trained;
    assign {far_trained, far_training, far_awake} = far;
    logic [3:0] ltsm;
    logic awake, training;
    assign awake    = ltsm != RESET && ltsm != TRAINERROR;
    assign training = ltsm == MBINIT || ltsm == MBTRAIN || ltsm == LINKINIT;
    assign near     = faults.planted[NO_SIDEBAND] ? '0
                    : {ltsm == LINKINIT || ltsm == ACTIVE, training || ltsm == ACTIVE, awake};
    assign provides = ltsm == ACTIVE;

    // Of all delays
    us_t alarms[4];
    always_comb begin
        alarm = '0;
        for (int unsigned n = 0; n < 4; n++) alarm = sooner(alarm, alarms[n]);
    end

    // The sideband: both ends awake, and each hears the other a moment later.
    logic partner, greeting, heard;
    delay greeting_delay (
        .clk, .rst_n, .step, .start(awake && far_awake && !partner && !greeting), .stop(!awake || !far_awake),
        .us(SIDEBAND_US), .running(greeting), .alarm(alarms[0]), .done(heard));
    always_ff @(posedge clk) begin
        if (!rst_n) partner <= 1'b0;
        else partner <= (partner || heard) && awake && far_awake;
    end

    // What moves the state: software first, then the other end, then this end's own engine
    logic disable_it, enable_it, stop_it, told, go, begin_training, up;
    assign disable_it     = !sw.ctrl.enable.value && ltsm != RESET;
    assign enable_it      = sw.ctrl.enable.value && ltsm == RESET;
    assign stop_it        = sw.cmd.stop.value && ltsm != RESET && ltsm != SBINIT;
    assign told           = sw.cmd.train.value;
    assign go             = told && ltsm == SBINIT && !disable_it;
    assign begin_training = ltsm == MBINIT && far_training && !disable_it && !stop_it;
    assign up             = ltsm == LINKINIT && far_training && far_trained && !disable_it && !stop_it;

    // Waiting for the other end, before training and after it
    logic impatient, trained, lanes_fail, lanes_wear_off, lose_lanes;
    delay patience_delay (
        .clk, .rst_n, .step, .start(go || trained), .stop(ltsm != MBINIT && ltsm != LINKINIT && !go), .us(PATIENCE_US),
        .running(), .alarm(alarms[1]), .done(impatient));

    // The engine; a planted hang never starts it.
    logic fails, engine_done;
    delay engine_delay (
        .clk, .rst_n, .step, .start(begin_training && (faults.planted[TRAIN_FAIL] || !faults.planted[STUCK_BUSY])),
        .stop(ltsm != MBTRAIN && !begin_training), .us(faults.planted[TRAIN_FAIL] ? TRAIN_US / 2 : TRAIN_US),
        .running(), .alarm(alarms[2]), .done(engine_done));
    assign trained    = engine_done && !fails && ltsm == MBTRAIN;
    assign lanes_fail = engine_done && fails && ltsm == MBTRAIN;
    always_ff @(posedge clk) begin
        if (!rst_n) fails <= 1'b0;
        else if (begin_training) fails <= faults.planted[TRAIN_FAIL];
    end

    // Lanes that fail in service: what is planted while the link is up takes effect at once, what was planted before a moment later.
    logic lanes_seen, trigger;
    assign trigger = faults.planted[LANES_LOST] && !lanes_seen && ltsm == ACTIVE;
    always_ff @(posedge clk) begin
        if (!rst_n) lanes_seen <= 1'b0;
        else lanes_seen <= faults.planted[LANES_LOST];
    end
    delay losing_delay (
        .clk, .rst_n, .step, .start(up && faults.planted[LANES_LOST]), .stop(ltsm != ACTIVE && !up), .us(LOSS_US),
        .running(), .alarm(alarms[3]), .done(lanes_wear_off));
    assign lose_lanes = ltsm == ACTIVE && (lanes_wear_off || trigger);

    logic [2:0] cause;
    logic lose_partner;
    assign lose_partner = ltsm == ACTIVE && !far_trained && !far_awake;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            ltsm  <= RESET;
            cause <= NONE;
        end else if (disable_it || enable_it || stop_it) begin
            ltsm  <= disable_it ? RESET : SBINIT;
            cause <= NONE;
        end else if (go) begin
            ltsm <= MBINIT;
        end else if (begin_training) begin
            ltsm <= MBTRAIN;
        end else if ((ltsm == MBTRAIN || ltsm == LINKINIT) && !far_training) begin
            ltsm  <= TRAINERROR;
            cause <= REMOTE;
        end else if (up) begin
            ltsm <= ACTIVE;
        end else if (impatient || lanes_fail) begin
            ltsm  <= TRAINERROR;
            cause <= lanes_fail ? FAILED : ltsm == LINKINIT ? TIMEOUT : NO_PARTNER;
        end else if (trained) begin
            ltsm <= LINKINIT;
        end else if (lose_lanes || lose_partner) begin
            ltsm  <= TRAINERROR;
            cause <= lose_lanes ? LANES : LOST;
        end else if (ltsm == ACTIVE && !far_trained) begin
            ltsm <= SBINIT;
        end
    end

    logic [31:0] elapsed;
    always_ff @(posedge clk) begin
        if (!rst_n) elapsed <= '0;
        else if (go) elapsed <= '0;
        else if (training) elapsed <= later(elapsed, tick);
    end

    // What software sees
    always_comb begin
        hw.status.ltsm.next       = ltsm;
        hw.status.partner.next    = partner;
        hw.status.cause.next      = cause;
        hw.status.side.next       = side;
        hw.elapsed.us.next        = elapsed;
        hw.log.link_lost.hwset    = lose_lanes || lose_partner;
        hw.log.train_failed.hwset = lanes_fail;
    end

    always_comb begin
        faults_used             = '0;
        faults_used[TRAIN_FAIL] = begin_training;
        faults_used[STUCK_BUSY] = begin_training;
        faults_used[LANES_LOST] = up || trigger;
    end

    assign violation = (disable_it && ltsm == ACTIVE)                  // disabled while the link was up
        || (told && training)                                          // told to train while training
        || (told && ltsm == ACTIVE)                                    // told to train while the link was up
        || (told && (ltsm == RESET || ltsm == TRAINERROR))             // told to train without a sideband
        || (told && ltsm == SBINIT && !partner);                       // told to train with nobody on the sideband
endmodule
