// Group of four temperature sensors (ts) and four voltage channels (vm): serial interfaces, sampling, ages, alarms.
// What the macros measure is given by parameters.

module pvt
    import block_pkg::*;
    import pvt_regs_pkg::*;
#(
    parameter int unsigned SHIFT_US = 5,
    parameter int unsigned SAMPLE_US = 50,
    parameter logic [3:0][7:0] OFFSETS = {8'd10, 8'd4, -8'd5, 8'd2},  // what OTP hands over, in 1/8 degC; sensor 3 first
    parameter logic [3:0][15:0] TEMPERATURES = {16'd1840, 16'd1870, 16'd1900, 16'd1850},     // codes; sensor 3 first
    parameter logic [3:0][15:0] VOLTAGES = {16'd16_000, 16'd11_610, 16'd11_590, 16'd11_600}  // codes; channel 3 first
) (
    input  logic [3:0] series,
    input  logic firmware,    // OTP has handed over the offsets
    output logic provides,
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list. The value of some is a temperature sensor.
    localparam int unsigned STUCK_BUSY = 0, FROZEN = 1, CLOCK_STOPPED = 2, SENSOR_FAULT = 3, WRONG_TYPE = 4;

    localparam int unsigned TS = 0, VM = 1, GROUPS = 2, CHANNELS = 4;
    localparam logic [2:0] CTRL = 3'd0, CFG = 3'd1, TIMER = 3'd2;
    localparam int unsigned RUN = 0, POWER_DOWN = 2;       // bits of CTRL

    pvt__in_t  hw;
    pvt__out_t sw;
    pvt_regs regs (.clk, .rst_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    function automatic logic [CHANNELS-1:0] only(logic [31:0] channel);
        return CHANNELS'(1) << channel;
    endfunction

    // Time, over all resets but power-on
    logic [31:0] us;
    always_ff @(posedge clk) begin
        if (!por_n) us <= '0;
        else us <= us + 32'(tick);
    end

    // The offsets are kept once they were handed over.
    logic calibrated;
    always_ff @(posedge clk) begin
        if (!rst_n) calibrated <= 1'b0;
        else calibrated <= calibrated || firmware;
    end

    // What is planted in macros that sample takes effect at once; what was planted before, when they begin to. Nothing is used up
    // in reset.
    logic [GROUPS-1:0] sampling, begins;
    logic [4:0] planted, planted_before, triggers;
    logic awake, freeze, break_sensor, stop_clock, other_series;
    assign planted      = faults.planted[WRONG_TYPE:STUCK_BUSY];
    assign triggers     = awake ? planted & ~planted_before : '0;
    assign freeze       = (planted[FROZEN] && begins[TS]) || (triggers[FROZEN] && sampling[TS]);
    assign break_sensor = (planted[SENSOR_FAULT] && begins[TS]) || (triggers[SENSOR_FAULT] && sampling[TS]);
    assign stop_clock   = triggers[CLOCK_STOPPED] && sampling[TS];
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            awake          <= 1'b0;
            planted_before <= '0;
            other_series   <= 1'b0;
        end else begin
            awake          <= 1'b1;
            planted_before <= awake ? planted : '0;
            other_series   <= other_series || triggers[WRONG_TYPE];
        end
    end

    // Serial interfaces: one access at a time. Reads bring nothing; an access that ends without a sensor clock reaches nobody.
    logic soft_reset, clocked;
    logic [GROUPS-1:0] asked, sends, busy, shifted, accepted, controls, runs, running, powered, held;
    logic [GROUPS-1:0] asked_write, write;
    us_t shift_alarm[GROUPS];
    logic [GROUPS-1:0][2:0] asked_address, address;
    logic [GROUPS-1:0][11:0] asked_data, data, power_up_delay;
    logic [GROUPS-1:0][7:0] mode;
    assign soft_reset = sw.ctrl.soft_reset.value;
    assign clocked    = sw.clk_synth.en.value;
    assign asked         = {sw.sdif[VM].cmd.prog.value, sw.sdif[TS].cmd.prog.value};
    assign asked_address = {sw.sdif[VM].cmd.addr.value, sw.sdif[TS].cmd.addr.value};
    assign asked_data    = {sw.sdif[VM].cmd.wdata.value[11:0], sw.sdif[TS].cmd.wdata.value[11:0]};
    assign asked_write   = {sw.sdif[VM].cmd.wrn.value, sw.sdif[TS].cmd.wrn.value};
    assign held          = {sw.sdif[VM].halt.hold.value, sw.sdif[TS].halt.hold.value};

    for (genvar g = 0; g < GROUPS; g++) begin : gen_sdif
        assign sends[g]    = asked[g] && !busy[g] && clocked;
        assign accepted[g] = shifted[g] && write[g] && clocked;
        assign controls[g] = accepted[g] && address[g] == CTRL;
        assign runs[g]     = controls[g] && data[g][RUN];
        delay shift_delay (
            .clk, .rst_n, .step, .start(sends[g] && !planted[STUCK_BUSY]), .stop(soft_reset), .us(SHIFT_US),
            .running(), .alarm(shift_alarm[g]), .done(shifted[g]));

        always_ff @(posedge clk) begin
            if (!rst_n) begin
                busy[g]    <= 1'b0;
                write[g]   <= 1'b0;
                address[g] <= '0;
                data[g]    <= '0;
            end else begin
                busy[g] <= sends[g] || (busy[g] && !shifted[g] && !soft_reset);
                if (sends[g]) begin
                    write[g]   <= asked_write[g];
                    address[g] <= asked_address[g];
                    data[g]    <= asked_data[g];
                end
            end
        end

        // What the macros last accepted
        always_ff @(posedge clk) begin
            if (!rst_n) begin
                mode[g]           <= '0;
                power_up_delay[g] <= '0;
                powered[g]        <= 1'b0;
                running[g]        <= 1'b0;
            end else if (soft_reset) begin
                mode[g]           <= '0;
                power_up_delay[g] <= '0;
                powered[g]        <= 1'b0;
                running[g]        <= 1'b0;
            end else begin
                if (accepted[g] && address[g] == CFG) mode[g] <= data[g][7:0];
                if (accepted[g] && address[g] == TIMER) power_up_delay[g] <= data[g];
                if (controls[g]) begin
                    powered[g] <= !data[g][POWER_DOWN];
                    running[g] <= data[g][RUN];
                end
            end
        end
    end

    // Sampling begins when the macros are told to run, or are no longer held; then one sample follows the other. Of the first
    // there is news; later ones are worked out when somebody looks, unless slow steps hide how old they are.
    logic [GROUPS-1:0] was_held, ends, sampled;
    logic [GROUPS-1:0][31:0] since, reached;  // of the latest sample
    logic [GROUPS-1:0] news;
    logic [GROUPS-1:0][CHANNELS-1:0] done;    // there was a sample since the last soft reset
    us_t sample_alarm[GROUPS];
    assign alarm = sooner(sooner(shift_alarm[TS], shift_alarm[VM]), sooner(sample_alarm[TS], sample_alarm[VM]));
    for (genvar g = 0; g < GROUPS; g++) begin : gen_sampling
        assign begins[g] = clocked && !held[g] && (runs[g] || (was_held[g] && running[g] && !sampling[g]));
        assign ends[g]   = soft_reset || !clocked || held[g] || controls[g] || stop_clock;
        assign reached[g] = since[g] + 32'(step);
        assign sampled[g] = sampling[g] && !ends[g] && reached[g] >= SAMPLE_US;
        assign sample_alarm[g] = sampling[g] && (news[g] || faults.slow) ? us_t'(SAMPLE_US - since[g]) : '0;
        always_ff @(posedge clk) begin
            if (!rst_n || begins[g]) since[g] <= '0;
            else if (sampling[g]) since[g] <= reached[g] % SAMPLE_US;
        end
    end
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            was_held <= '0;
            sampling <= '0;
        end else begin
            was_held <= held;
            sampling <= (begins & {GROUPS{!planted[CLOCK_STOPPED]}}) | (sampling & ~ends);
        end
    end

    // What is wrong with sensors, until they are reset
    logic [CHANNELS-1:0] still, faulty;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            still  <= '0;
            faulty <= '0;
        end else if (soft_reset) begin
            still  <= '0;
            faulty <= '0;
        end else begin
            if (freeze) still <= still | only(faults.value[FROZEN]);
            if (break_sensor) faulty <= faulty | only(faults.value[SENSOR_FAULT]);
        end
    end

    // Samples: value, count, age. What a soft reset forgets is only that there was one since.
    logic [GROUPS-1:0][CHANNELS-1:0] takes, has_sample;
    logic [GROUPS-1:0][CHANNELS-1:0][7:0] count;
    logic [GROUPS-1:0][CHANNELS-1:0][15:0] age;
    assign takes = {{CHANNELS{sampled[VM]}}, {CHANNELS{sampled[TS]}} & ~still};
    assign news  = {done[VM] != '1, (done[TS] | still) != '1};
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            done       <= '0;
            has_sample <= '0;
            count      <= '0;
            age        <= '0;
        end else begin
            done       <= soft_reset ? '0 : done | takes;
            has_sample <= has_sample | takes;
            for (int unsigned g = 0; g < GROUPS; g++) begin
                for (int unsigned c = 0; c < CHANNELS; c++) begin
                    if (takes[g][c]) count[g][c] <= count[g][c] + 8'(reached[g] / SAMPLE_US);
                    if (begins[g]) age[g][c] <= '0;
                    else if (takes[g][c]) age[g][c] <= 16'(reached[g] % SAMPLE_US);
                    else age[g][c] <= clipped(32'(age[g][c]) + 32'(tick));
                end
            end
        end
    end

    logic [CHANNELS-1:0][15:0] temperature, voltage;
    always_comb begin
        for (int unsigned c = 0; c < CHANNELS; c++) begin
            temperature[c] = has_sample[TS][c] ? TEMPERATURES[c] : '0;
            voltage[c]     = has_sample[VM][c] ? VOLTAGES[c] : '0;
        end
    end

    // The oldest of all samples; of equals the first, temperatures before voltages
    logic [15:0] oldest_us;
    logic [3:0] oldest_channel;
    logic oldest_vm;
    always_comb begin
        oldest_us      = age[TS][0];
        oldest_channel = '0;
        oldest_vm      = 1'b0;
        for (int unsigned g = 0; g < GROUPS; g++) begin
            for (int unsigned c = 0; c < CHANNELS; c++) begin
                if (age[g][c] > oldest_us) begin
                    oldest_us      = age[g][c];
                    oldest_channel = c[3:0];
                    oldest_vm      = g == VM;
                end
            end
        end
    end

    // Extremes. Once there is a sample, to forget them is to begin anew with the present one.
    logic forget;
    logic [CHANNELS-1:0][15:0] lowest, highest;
    assign forget = sw.hilo_reset.forget.value;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            lowest  <= '1;
            highest <= '0;
        end else begin
            for (int unsigned c = 0; c < CHANNELS; c++) begin
                if (forget || !has_sample[TS][c]) begin
                    lowest[c]  <= takes[TS][c] || has_sample[TS][c] ? TEMPERATURES[c] : '1;
                    highest[c] <= takes[TS][c] || has_sample[TS][c] ? TEMPERATURES[c] : '0;
                end else if (takes[TS][c]) begin
                    if (TEMPERATURES[c] < lowest[c]) lowest[c] <= TEMPERATURES[c];
                    if (TEMPERATURES[c] > highest[c]) highest[c] <= TEMPERATURES[c];
                end
            end
        end
    end

    // Alarms: raised by the hottest sensor at their threshold, withdrawn below their hysteresis
    logic [15:0] hottest;
    logic raised_a, raised_b;
    always_comb begin
        hottest = '0;
        for (int unsigned c = 0; c < CHANNELS; c++) if (temperature[c] > hottest) hottest = temperature[c];
    end
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            raised_a <= 1'b0;
            raised_b <= 1'b0;
        end else begin
            raised_a <= has_sample[TS] != '0
                && (hottest >= sw.alarm_a.thresh.value || (raised_a && hottest >= sw.alarm_a.hyst.value));
            raised_b <= has_sample[TS] != '0
                && (hottest >= sw.alarm_b.thresh.value || (raised_b && hottest >= sw.alarm_b.hyst.value));
        end
    end

    // What software and others see
    always_comb begin
        hw.ip_cfg.series.next      = other_series ? 4'd11 - series : series;  // 5 and 6
        hw.ip_cfg.calibrated.next  = calibrated;
        hw.timer.us.next           = us;
        hw.done.ts.next            = 8'(done[TS]);
        hw.done.vm.next            = 8'(done[VM]);
        hw.faulty.ts.next          = 8'(faulty);
        hw.faulty.vm.next          = '0;
        hw.oldest.us.next          = oldest_us;
        hw.oldest.channel.next     = oldest_channel;
        hw.oldest.vm.next          = oldest_vm;
        hw.irq_status.faulty.next  = faulty != '0;
        hw.irq_status.done.next    = 1'b0;
        hw.irq_status.alarm_a.next = raised_a;
        hw.irq_status.alarm_b.next = raised_b;
        for (int unsigned g = 0; g < GROUPS; g++) begin
            hw.sdif[g].status.busy.next    = busy[g];
            hw.sdif[g].status.lock.next    = 1'b0;
            hw.sdif[g].mirror.mode.next    = mode[g];
            hw.sdif[g].mirror.delay.next   = power_up_delay[g];
            hw.sdif[g].mirror.powered.next = powered[g];
            hw.sdif[g].mirror.running.next = running[g];
        end
        for (int unsigned c = 0; c < CHANNELS; c++) begin
            hw.ts[c].data.sample.next = temperature[c];
            hw.ts[c].data.fault.next  = faulty[c];
            hw.ts[c].data.kind.next   = 1'b0;
            hw.ts[c].data.count.next  = count[TS][c];
            hw.ts[c].age.us.next      = age[TS][c];
            hw.ts[c].hilo.lo.next     = lowest[c];
            hw.ts[c].hilo.hi.next     = highest[c];
            hw.ts[c].trim.offset.next = calibrated ? OFFSETS[c] : '0;
            hw.vm[c].data.sample.next = voltage[c];
            hw.vm[c].data.fault.next  = 1'b0;
            hw.vm[c].data.kind.next   = 1'b1;
            hw.vm[c].data.count.next  = count[VM][c];
            hw.vm[c].age.us.next      = age[VM][c];
        end
    end
    assign provides = 1'b1;

    always_comb begin
        faults_used                = '0;
        faults_used[STUCK_BUSY]    = sends != '0;
        faults_used[FROZEN]        = freeze;
        faults_used[CLOCK_STOPPED] = begins != '0 || stop_clock;
        faults_used[SENSOR_FAULT]  = break_sensor;
        faults_used[WRONG_TYPE]    = triggers[WRONG_TYPE];
    end

    assign violation = (asked & busy) != '0              // a serial access while another one was shifting
        || (asked != '0 && !clocked)                     // or without a sensor clock
        || (runs & running) != '0                        // macros started twice
        || (soft_reset && clocked && sampling == '1);    // reset while they were sampling
endmodule
