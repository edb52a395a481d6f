// An HBM stack behind its IEEE 1500 port: reset timing, wrapper instructions, lanes and their repairs.
// The stack itself, memory and wrapper, is not silicon of ours: it is its behaviour, and parameters say which stack it is.

module hbm_stk
    import block_pkg::*;
    import hbm_stk_regs_pkg::*;
#(
    parameter int unsigned RESET_US = 200,  // tINIT1
    parameter int unsigned FUSE_US = 4000,  // tINIT3
    parameter int unsigned PULSE_US = 1,    // tPW
    parameter int unsigned SHIFT_US = 10,
    parameter int unsigned CHECK_US = 2000,
    parameter logic [127:0] HARD_REPAIRS = 128'h91 << 40  // made at the factory, by fuses: as `bad_lanes`
) (
    input  logic [3:0]   vendor,
    input  logic [3:0]   density,
    input  logic [49:0]  serial,
    input  logic [7:0]   celsius,    // signed
    input  logic [127:0] bad_lanes,  // broken at the factory: a byte a channel, as in lane_map: bit 7 there is one, bits 6:0 the lane
    output logic provides,    // a memory that can be trained
    output logic in_use,      // in service, or at an instruction: what it needs must stay
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned STUCK_BUSY = 0, NO_IDENTITY = 1, WRONG_DEVICE = 2, BAD_LANE = 3, TWO_BAD_LANES = 4;
    localparam int unsigned MODE_LOST = 5, CATTRIP = 6;

    localparam logic [7:0] EXTEST = 8'h02, SOFT_LANE_REPAIR = 8'h06, DEVICE_ID = 8'h09, TEMPERATURE = 8'h0A;
    localparam logic [7:0] MODE_REGISTER_DUMP_SET = 8'h0B;
    localparam int unsigned CHANNELS = 16, LANES = 128;
    localparam logic [3:0] NOBODY = 4'hA;  // a manufacturer that is in no table

    hbm_stk__in_t  hw;
    hbm_stk__out_t sw;
    hbm_stk_regs regs (.clk, .rst_n, .por_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // Pins, and what changed on them
    logic port, memory, ck;
    logic was_port, was_memory, was_ck;
    logic port_rises, port_falls, memory_rises, memory_falls, ck_rises, begin_anew;
    assign port         = sw.w_ctrl.wrst_n.value;
    assign memory       = sw.w_ctrl.reset_n.value;
    assign ck           = sw.w_ctrl.ck_en.value;
    assign port_rises   = port && !was_port;
    assign port_falls   = !port && was_port;
    assign memory_rises = memory && !was_memory;
    assign memory_falls = !memory && was_memory;
    assign ck_rises     = ck && !was_ck;
    assign begin_anew   = !port && !memory && (port_falls || memory_falls);
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            was_port   <= 1'b0;
            was_memory <= 1'b0;
            was_ck     <= 1'b0;
        end else begin
            was_port   <= port;
            was_memory <= memory;
            was_ck     <= ck;
        end
    end

    // How long RESET_n has been what it is
    logic [31:0] elapsed;
    always_ff @(posedge clk) begin
        if (!rst_n) elapsed <= '0;
        else if (memory_rises || memory_falls) elapsed <= '0;
        else elapsed <= later(elapsed, tick);
    end

    // The trip by temperature outlives any reset
    logic cattrip, trip_seen, trip;
    assign trip = faults.planted[CATTRIP] && !trip_seen;
    always_ff @(posedge clk) begin
        if (!rst_n) trip_seen <= 1'b0;
        else trip_seen <= faults.planted[CATTRIP];
    end
    always_ff @(posedge clk) begin
        if (!por_n) cattrip <= 1'b0;
        else if (trip) cattrip <= 1'b1;
    end

    // RESET_n low for long enough, then high for long enough: one delay, since only one of them can run.
    us_t timing_alarm, working_alarm;
    assign alarm = sooner(timing_alarm, working_alarm);
    logic begun, hold, apply, long_enough, reset_time_ok, fuses_applied;
    assign hold  = !begun || begin_anew || (memory_falls && !reset_time_ok);
    assign apply = memory_rises && !fuses_applied;
    delay timing_delay (
        .clk, .rst_n, .step, .start(hold || apply), .stop(memory_falls), .us(hold ? RESET_US : FUSE_US),
        .running(), .alarm(timing_alarm), .done(long_enough));

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            begun         <= 1'b0;
            reset_time_ok <= 1'b0;
            fuses_applied <= 1'b0;
        end else begin
            begun <= 1'b1;
            if (begin_anew) begin
                reset_time_ok <= 1'b0;
                fuses_applied <= 1'b0;
            end else if (long_enough) begin
                if (memory) fuses_applied <= 1'b1;
                else reset_time_ok <= !cattrip;
            end
        end
    end

    // Wrapper instructions: one at a time, ended by either reset. A planted hang never ends.
    logic start, stop, busy, worked, finish;
    logic [7:0] opcode, running;
    assign opcode = sw.w_instr.opcode.value;
    assign start  = sw.w_start.go.value && port && memory && !busy;
    assign stop   = memory_falls || port_falls;
    delay working_delay (
        .clk, .rst_n, .step, .start(start && !faults.planted[STUCK_BUSY]), .stop,
        .us(opcode == EXTEST ? CHECK_US : SHIFT_US), .running(), .alarm(working_alarm), .done(worked));
    assign finish = worked && !stop;

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            busy    <= 1'b0;
            running <= '0;
        end else if (start) begin
            busy    <= 1'b1;
            running <= opcode;
        end else if (stop || finish) begin
            busy <= 1'b0;
        end
    end

    // What DEVICE_ID and TEMPERATURE bring. The port's reset takes only the word that it is good.
    logic bring_identity, identified, identity_valid, warm, temperature_valid;
    logic [3:0] answered;  // as whose it answers
    assign bring_identity = finish && running == DEVICE_ID && !faults.planted[NO_IDENTITY];
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            identified        <= 1'b0;
            identity_valid    <= 1'b0;
            answered          <= '0;
            warm              <= 1'b0;
            temperature_valid <= 1'b0;
        end else if (port_falls) begin
            identity_valid    <= 1'b0;
            temperature_valid <= 1'b0;
        end else if (bring_identity) begin
            identified     <= 1'b1;
            identity_valid <= 1'b1;
            answered       <= faults.planted[WRONG_DEVICE] ? NOBODY : vendor;
        end else if (finish && running == TEMPERATURE) begin
            warm              <= 1'b1;
            temperature_valid <= 1'b1;
        end
    end

    // Lanes: broken ones, the repairs in force, and what EXTEST finds: the first that is broken and not repaired.
    typedef logic [CHANNELS-1:0][LANES-1:0] lanes_t;
    typedef struct packed {
        logic bad;
        logic [3:0] channel;
        logic [6:0] lane;
    } found_t;

    lanes_t broken, all_broken;
    logic [CHANNELS-1:0][7:0] repairs;
    found_t found;
    logic check, checked, extest_valid, extest_dirty;
    assign check   = start && (opcode == EXTEST);
    assign checked = finish && running == EXTEST;

    function automatic lanes_t at_factory();
        logic [CHANNELS-1:0][7:0] bad;
        bad = bad_lanes;
        at_factory = '0;
        for (int unsigned ch = 0; ch < CHANNELS; ch++) at_factory[ch][bad[ch][6:0]] = bad[ch][7];
    endfunction

    function automatic found_t first_bad(lanes_t lanes, logic [CHANNELS-1:0][7:0] repaired);
        first_bad = '0;
        for (int ch = CHANNELS - 1; ch >= 0; ch--) begin
            for (int lane = LANES - 1; lane >= 0; lane--) begin
                if (lanes[ch][lane] && repaired[ch] != {1'b1, 7'(lane)}) first_bad = {1'b1, 4'(ch), 7'(lane)};
            end
        end
    endfunction

    always_comb begin
        all_broken = broken;
        if (faults.planted[BAD_LANE]) all_broken[3][faults.value[BAD_LANE] == 0 ? 7'd40 : faults.value[BAD_LANE][6:0]] = 1'b1;
        if (faults.planted[TWO_BAD_LANES]) all_broken[7][12:11] = '1;
    end

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            broken       <= at_factory();
            found        <= '0;
            extest_valid <= 1'b0;
            extest_dirty <= 1'b0;
        end else begin
            if (checked) begin
                broken <= all_broken;
                found  <= first_bad(all_broken, repairs);
            end
            if (port_falls || check || (start && opcode == SOFT_LANE_REPAIR)) extest_valid <= 1'b0;
            else if (checked) extest_valid <= 1'b1;
            if (memory_falls) extest_dirty <= 1'b0;
            else if (check) extest_dirty <= 1'b1;
        end
    end

    logic [CHANNELS-1:0][7:0] wanted;
    assign wanted = {
        sw.lane_repair.ch15.value, sw.lane_repair.ch14.value, sw.lane_repair.ch13.value, sw.lane_repair.ch12.value,
        sw.lane_repair.ch11.value, sw.lane_repair.ch10.value, sw.lane_repair.ch9.value, sw.lane_repair.ch8.value,
        sw.lane_repair.ch7.value, sw.lane_repair.ch6.value, sw.lane_repair.ch5.value, sw.lane_repair.ch4.value,
        sw.lane_repair.ch3.value, sw.lane_repair.ch2.value, sw.lane_repair.ch1.value, sw.lane_repair.ch0.value
    };
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            repairs <= '0;
        end else if (begin_anew) begin
            repairs <= '0;
        end else if (long_enough && memory) begin
            repairs <= HARD_REPAIRS;
        end else if (finish && running == SOFT_LANE_REPAIR) begin  // all channels at once: those from fuses go
            for (int unsigned ch = 0; ch < CHANNELS; ch++) repairs[ch] <= wanted[ch][7] ? wanted[ch] : '0;
        end
    end

    // Mode registers
    logic [15:0][7:0] image, held;
    logic take, held_valid;
    assign take  = finish && running == MODE_REGISTER_DUMP_SET;
    assign image = {
        sw.mr_image.mr15.value, sw.mr_image.mr14.value, sw.mr_image.mr13.value, sw.mr_image.mr12.value,
        sw.mr_image.mr11.value, sw.mr_image.mr10.value, sw.mr_image.mr9.value, sw.mr_image.mr8.value,
        sw.mr_image.mr7.value, sw.mr_image.mr6.value, sw.mr_image.mr5.value, sw.mr_image.mr4.value,
        sw.mr_image.mr3.value, sw.mr_image.mr2.value ^ 8'(faults.planted[MODE_LOST]), sw.mr_image.mr1.value,
        sw.mr_image.mr0.value
    };
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            held       <= '0;
            held_valid <= 1'b0;
        end else if (memory_falls) begin
            held       <= '0;
            held_valid <= 1'b0;
        end else if (take) begin
            held       <= image;
            held_valid <= 1'b1;
        end
    end

    // What software and others see
    always_comb begin
        hw.monitor.reset_time_ok.next = reset_time_ok;
        hw.monitor.fuses_applied.next = fuses_applied;
        hw.monitor.extest_dirty.next  = extest_dirty;
        hw.monitor.cattrip.next       = cattrip;
        hw.monitor.lockout.next       = 1'b0;
        hw.elapsed.us.next            = elapsed;
        hw.w_status.busy.next         = busy;
        hw.w_status.done.we           = start || finish;
        hw.w_status.done.next         = finish;
        for (int unsigned n = 0; n < 5; n++) hw.w_capture[n].bits.next = '0;  // no instruction shifts raw data out

        hw.device_id.density.next     = identified ? density : '0;
        hw.device_id.vendor.next      = answered;
        hw.device_id.height.next      = identified ? 2'd2 : '0;
        hw.device_id.rfm.next         = identified;
        hw.device_id.raaimt.next      = identified ? 5'd8 : '0;
        hw.device_id.raammt.next      = identified ? 3'd3 : '0;
        hw.device_id.revision.next    = identified ? 8'h21 : '0;
        hw.device_id.serial_low.next  = identified ? serial[31:0] : '0;
        hw.device_id.serial_high.next = identified ? serial[49:32] : '0;
        hw.device_id.valid.next       = identity_valid;
        hw.temperature.celsius.next   = warm ? celsius : '0;
        hw.temperature.valid.next     = temperature_valid;

        hw.extest.lane.next     = found.lane;
        hw.extest.channel.next  = found.channel;
        hw.extest.bad.next      = found.bad;
        hw.extest.valid.next    = extest_valid;
        hw.mr_status.valid.next = held_valid;
        {hw.lane_map.ch15.next, hw.lane_map.ch14.next, hw.lane_map.ch13.next, hw.lane_map.ch12.next,
         hw.lane_map.ch11.next, hw.lane_map.ch10.next, hw.lane_map.ch9.next, hw.lane_map.ch8.next,
         hw.lane_map.ch7.next, hw.lane_map.ch6.next, hw.lane_map.ch5.next, hw.lane_map.ch4.next,
         hw.lane_map.ch3.next, hw.lane_map.ch2.next, hw.lane_map.ch1.next, hw.lane_map.ch0.next} = repairs;
        {hw.mr_dump.mr15.next, hw.mr_dump.mr14.next, hw.mr_dump.mr13.next, hw.mr_dump.mr12.next,
         hw.mr_dump.mr11.next, hw.mr_dump.mr10.next, hw.mr_dump.mr9.next, hw.mr_dump.mr8.next,
         hw.mr_dump.mr7.next, hw.mr_dump.mr6.next, hw.mr_dump.mr5.next, hw.mr_dump.mr4.next,
         hw.mr_dump.mr3.next, hw.mr_dump.mr2.next, hw.mr_dump.mr1.next, hw.mr_dump.mr0.next} = held;

        // Without traffic no error is logged.
        hw.ecs_log.count.we     = 1'b0;
        hw.ecs_log.count.next   = '0;
        hw.ecs_log.channel.we   = 1'b0;
        hw.ecs_log.channel.next = '0;
        hw.ecs_log.row.we       = 1'b0;
        hw.ecs_log.row.next     = '0;
        hw.ecs_log.valid.we     = 1'b0;
        hw.ecs_log.valid.next   = 1'b0;
    end
    assign provides = memory && ck && held_valid;

    always_comb begin
        faults_used                = '0;
        faults_used[STUCK_BUSY]    = start;
        faults_used[NO_IDENTITY]   = finish && running == DEVICE_ID;
        faults_used[WRONG_DEVICE]  = bring_identity;
        faults_used[BAD_LANE]      = checked;
        faults_used[TWO_BAD_LANES] = checked;
        faults_used[MODE_LOST]     = take;
        faults_used[CATTRIP]       = trip;
    end

    assign in_use = (provides || busy) && !cattrip;

    assign violation = (memory_rises && (!reset_time_ok || elapsed <= PULSE_US))  // RESET_n low too shortly (tINIT1, tPW)
        || (memory_falls && busy)                                                 // RESET_n low during an instruction
        || (port_rises && !fuses_applied)                                         // port released too early (tINIT3)
        || (ck_rises && (!fuses_applied || (extest_dirty && !memory_falls)))      // CK on while the memory needs a reset
        || (sw.w_start.go.value && !start)                                        // started in reset, or twice
        || (start && ck && (opcode == EXTEST || opcode == SOFT_LANE_REPAIR))      // lanes driven while CK toggles
        || (start && !ck && opcode == MODE_REGISTER_DUMP_SET)                     // mode registers written without CK
        || sw.hard_repair.lanes.value || sw.hard_repair.rows.value;               // fuses of the stack were burnt
endmodule
