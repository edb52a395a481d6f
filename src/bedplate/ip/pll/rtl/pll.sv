// Fractional-N PLL: locking, its timeout, the output switch, the frequency counter. The analogue part is its behaviour.

module pll
    import block_pkg::*;
    import pll_regs_pkg::*;
#(
    parameter int unsigned LOCK_US = 12,       // 500 cycles of the divided reference are the usual maximum
    parameter int unsigned LOSS_US = 1000,     // when planted loss of lock takes effect, unless it says so itself
    parameter int unsigned REFERENCE_KHZ = 100_000,
    parameter int unsigned MEASURED_CYCLES = 1024
) (
    input  logic rail,
    output logic provides,    // a clock
    output logic [15:0] mhz,  // its rate; 0 without
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned NO_LOCK = 0, LOCK_LOST = 1, STUCK_BUSY = 2, WRONG_DIVISOR = 3;

    localparam int unsigned CYCLES_PER_US = REFERENCE_KHZ / 1000;
    localparam int unsigned MEASURE_US = (MEASURED_CYCLES + CYCLES_PER_US - 1) / CYCLES_PER_US;

    pll__in_t  hw;
    pll__out_t sw;
    pll_regs regs (.clk, .rst_n, .por_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // What software asks for
    logic off, was_off, power_up, divided;
    assign off      = sw.ctrl.power_down.value || sw.ctrl.reset.value;
    assign power_up = was_off && !off;
    assign divided  = (sw.div.refdiv.swmod || sw.frac.frac.swmod || sw.post.postdiv1.swmod) && !sw.ctrl.power_down.value;

    // Dividers take effect one clock after they are written.
    logic start, unlock, lose;
    logic [11:0] fbdiv;
    logic lock, lock_timeout, on_pll, busy, valid;
    logic [15:0] count;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            was_off <= 1'b1;
            start   <= 1'b0;
            on_pll  <= 1'b0;
        end else begin
            was_off <= off;
            start   <= power_up || divided;
            on_pll  <= !sw.ctrl.bypass.value;
        end
    end
    assign unlock = off || start || lose;

    function automatic logic [63:0] output_khz(
        logic [5:0] refdiv, logic [11:0] integral, logic [23:0] frac, logic [2:0] postdiv1, logic [2:0] postdiv2
    );
        logic [63:0] vco;
        if (refdiv == 0 || integral == 0 || postdiv1 == 0 || postdiv2 == 0) return 0;  // dividers that stop it
        vco = 64'(REFERENCE_KHZ) * {28'b0, integral, frac} / {34'b0, refdiv, 24'b0};
        return vco / (64'(postdiv1) * 64'(postdiv2));
    endfunction
    logic [63:0] khz;
    always_comb khz = output_khz(
        sw.div.refdiv.value, fbdiv, sw.frac.frac.value, sw.post.postdiv1.value, sw.post.postdiv2.value);

    // Lock, or giving up
    logic locked, gave_up, losing, lose_now;
    logic wrong_divisor, no_lock;
    assign wrong_divisor = faults.planted[WRONG_DIVISOR];
    assign no_lock       = faults.planted[NO_LOCK];

    us_t locking_alarm, giving_up_alarm, losing_alarm, measuring_alarm;
    assign alarm = sooner(sooner(locking_alarm, giving_up_alarm), sooner(losing_alarm, measuring_alarm));

    logic start_lock;  // one clock after start, when the feedback divider has been taken over
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            fbdiv      <= '0;
            start_lock <= 1'b0;
        end else begin
            start_lock <= start && !off;
            if (start) fbdiv <= sw.div.fbdiv.value - 12'(wrong_divisor);
        end
    end

    delay locking_delay (
        .clk, .rst_n, .step, .start(start_lock && !no_lock && khz != 0 && rail), .stop(unlock || !rail), .us(LOCK_US),
        .running(), .alarm(locking_alarm), .done(locked));
    delay giving_up_delay (
        .clk, .rst_n, .step, .start(start_lock || lose), .stop(off || locked),
        .us((32'(sw.lock_limit.cycles.value) + CYCLES_PER_US - 1) / CYCLES_PER_US),
        .running(), .alarm(giving_up_alarm), .done(gave_up));

    logic losing_planted, start_losing;
    assign start_losing = lock && faults.planted[LOCK_LOST] && !losing_planted;
    delay losing_delay (
        .clk, .rst_n, .step, .start(start_losing), .stop(1'b0),
        .us(faults.value[LOCK_LOST] == 0 ? LOSS_US : us_of_ns(faults.value[LOCK_LOST])),
        .running(losing), .alarm(losing_alarm), .done(lose_now));
    assign lose = (lose_now || !rail) && lock;  // without its rail it neither keeps lock nor finds it

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            lock           <= 1'b0;
            lock_timeout   <= 1'b0;
            losing_planted <= 1'b0;
        end else begin
            lock           <= (lock || locked) && !unlock;
            lock_timeout   <= (lock_timeout || gave_up) && !off;
            losing_planted <= start_losing || (losing_planted && (losing || lock));  // once for each lock
        end
    end

    // The frequency counter
    logic measured;
    delay measuring_delay (
        .clk, .rst_n, .step, .start(sw.meas_ctrl.start.value && !faults.planted[STUCK_BUSY]), .stop(unlock),
        .us(MEASURE_US), .running(), .alarm(measuring_alarm), .done(measured));

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            busy  <= 1'b0;
            valid <= 1'b0;
            count <= '0;
        end else if (unlock) begin
            busy  <= 1'b0;
            valid <= 1'b0;
        end else if (sw.meas_ctrl.start.value) begin
            busy  <= 1'b1;
            valid <= 1'b0;
        end else if (measured) begin
            busy  <= 1'b0;
            valid <= 1'b1;
            count <= counted(khz);
        end
    end
    function automatic logic [15:0] counted(logic [63:0] frequency);
        logic [63:0] cycles;
        cycles = frequency * 64'(MEASURED_CYCLES) / 64'(REFERENCE_KHZ);
        return cycles > 64'hFFFF ? 16'hFFFF : cycles[15:0];
    endfunction

    // What software and others see
    always_comb begin
        hw.status.lock.next         = lock;
        hw.status.lock_timeout.next = lock_timeout;
        hw.status.lock_lost.hwset   = lose;
        hw.status.on_pll.next       = on_pll;
        hw.meas.count.next          = count;
        hw.meas.busy.next           = busy;
        hw.meas.valid.next          = valid;
    end
    assign provides = on_pll && lock;
    assign mhz      = !provides ? '0 : khz >= 65_535_000 ? 16'hFFFF : 16'((khz + 500) / 1000);

    always_comb begin
        faults_used                = '0;
        faults_used[NO_LOCK]       = start_lock && no_lock;
        faults_used[LOCK_LOST]     = start_losing;
        faults_used[STUCK_BUSY]    = sw.meas_ctrl.start.value;
        faults_used[WRONG_DIVISOR] = start;
    end

    assign violation = (off && !was_off && on_pll && !sw.ctrl.bypass.value)  // powered down while the output was in use
        || (divided && !sw.ctrl.bypass.value)                                // divided while the output was in use
        || (sw.meas_ctrl.start.value && busy);                               // measured twice
endmodule
