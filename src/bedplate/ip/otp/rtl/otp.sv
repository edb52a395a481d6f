// Fuses: sensing at power-up, what it can find, checks, and direct access. The fuse macro is its behaviour: parameters say
// what was programmed.

module otp
    import block_pkg::*;
    import otp_regs_pkg::*;
#(
    parameter logic [2:0][31:0] CALIBRATION  = {3{32'h0A04_FB02}},  // sensor offsets of SE0, SE1, IO: a signed byte each
    parameter logic [5:0]       THERMAL_TRIP = 6'd24,
    parameter logic [31:0]      SECRET       = 32'h005E_C3E7,
    parameter int unsigned      SENSE_US     = 1000,
    parameter int unsigned      ACCESS_US    = 1,
    parameter int unsigned      CHECK_US     = 200,
    parameter int unsigned      AON_MHZ      = 24  // of the clock in which budgets of checks are given
) (
    input  logic [7:0]  harvest,         // bits 0-3 NC0-NC3, 4 HBM0, 5 HBM1, 6 SE0, 7 SE1; 1 is absent
    input  logic [7:0]  harvest_straps,  // parts that are absent besides, so that a testbench can choose
    input  logic [63:0] serial,
    output logic        provides,        // words for others: calibration to sensors, masks to the managers
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list. Those of a partition have its number as their value.
    localparam int unsigned STUCK_BUSY = 0, CORRECTED = 1, UNCORRECTABLE = 2, DIGEST = 3, BLANK = 4, CHECK_LATE = 5;

    localparam int unsigned PARTITIONS = 4;
    localparam logic [15:0] MARKER = 16'h4856;  // in the harvest word, where it was programmed

    otp__in_t  hw;
    otp__out_t sw;
    otp_regs regs (.clk, .rst_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // The digest of a partition: CRC-32 (IEEE 802.3) of its words, little-endian; low from seed 0, high from seed 1.
    function automatic logic [31:0] crc32(logic [31:0] seed, logic [2:0][31:0] words, int unsigned count);
        logic [31:0] crc;
        crc = ~seed;
        for (int unsigned w = 0; w < count; w++)
            for (int unsigned b = 0; b < 32; b++)
                crc = (crc >> 1) ^ (crc[0] != words[w][b] ? 32'hEDB8_8320 : 32'h0);
        return ~crc;
    endfunction
    function automatic logic [63:0] digest_of(logic [2:0][31:0] words, int unsigned count);
        return {crc32(32'd1, words, count), crc32(32'd0, words, count)};
    endfunction

    // Sensing, once after each reset. The shadows then hold what the fuses say.
    logic begun, through, sensing, sensed;
    us_t sensing_alarm, checking_alarm, access_alarm;
    delay sensing_delay (.clk, .rst_n, .step, .start(!begun), .stop(1'b0), .us(SENSE_US), .running(), .alarm(sensing_alarm), .done(through));
    assign sensing = through && !faults.planted[STUCK_BUSY];

    logic blank, marked;
    logic [7:0] fused, absent;
    logic [PARTITIONS-1:0][63:0] digest;
    assign blank = faults.planted[BLANK];
    assign fused = harvest | harvest_straps;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            begun  <= 1'b0;
            sensed <= 1'b0;
            marked <= 1'b0;
            absent <= '0;
            digest <= '0;
        end else begin
            begun <= 1'b1;
            if (sensing) begin
                sensed    <= 1'b1;
                marked    <= !blank;
                absent    <= blank ? '0 : fused;
                digest[0] <= blank ? '0 : digest_of({64'b0, MARKER, 8'b0, fused}, 1);
                digest[1] <= digest_of(CALIBRATION, 3);
                digest[2] <= digest_of({32'b0, serial}, 2);
                digest[3] <= digest_of({64'b0, SECRET}, 1);
            end
        end
    end

    // What sensing found. The worst stands; a corrected bit is no error.
    function automatic logic found(int unsigned fault, int unsigned partition);
        return faults.planted[fault] && faults.value[fault] == partition;
    endfunction
    logic [PARTITIONS-1:0][2:0] code;
    logic [PARTITIONS-1:0] corrected, part_error;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            code       <= '0;
            corrected  <= '0;
            part_error <= '0;
        end else if (sensing) begin
            for (int unsigned p = 0; p < PARTITIONS; p++) begin
                if (found(CORRECTED, p)) begin
                    code[p]      <= otp__otp_error_e__CORRECTED;
                    corrected[p] <= 1'b1;
                end
                if (found(UNCORRECTABLE, p)) begin
                    code[p]       <= otp__otp_error_e__UNCORRECTABLE;
                    part_error[p] <= 1'b1;
                end
                if (found(DIGEST, p)) begin
                    code[p]       <= otp__otp_error_e__DIGEST;
                    part_error[p] <= 1'b1;
                end
            end
        end
    end
    assign provides = sensed && part_error == '0;

    // Checks: one at a time, a trigger begins anew. A planted late one ends by its budget, if it has any.
    logic check, late, late_now, no_budget, check_done, check_pending, check_timeout;
    assign check     = sw.check_trigger.integrity.value || sw.check_trigger.consistency.value;
    assign late_now  = faults.planted[CHECK_LATE];
    assign no_budget = late_now && sw.check_limit.cycles.value == '0;
    delay checking_delay (
        .clk, .rst_n, .step, .start(check && !no_budget), .stop(check && no_budget),
        .us(late_now ? sw.check_limit.cycles.value / AON_MHZ + 1 : CHECK_US), .running(), .alarm(checking_alarm), .done(check_done));
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            late          <= 1'b0;
            check_pending <= 1'b0;
            check_timeout <= 1'b0;
        end else begin
            if (check) late <= late_now;
            check_pending <= check || (check_pending && !(check_done && !late));
            check_timeout <= check_timeout || (check_done && late);
        end
    end

    // Direct access. It is closed until sensing is done, and while an access is in progress.
    logic program_fuse, access, access_running, open;
    assign program_fuse = sw.dai_program.burn.value || sw.dai_program.seal.value || sw.dai_program.zeroize.value;
    assign access = sw.dai_read.go.value || program_fuse;
    delay access_delay (
        .clk, .rst_n, .step, .start(access), .stop(1'b0), .us(ACCESS_US + 1),  // a whole one, whatever the phase of `step`
        .running(access_running), .alarm(access_alarm), .done());
    assign alarm = sooner(sensing_alarm, sooner(checking_alarm, access_alarm));
    assign open = sensed && !access && !access_running;

    // Words that software programmed: no reset forgets them. A second rule broken by one act is told a clock later.
    logic [2047:0] programmed;
    logic again;
    initial programmed = '0;
    always_ff @(posedge clk) if (program_fuse) programmed[sw.dai_addr.address.value] <= 1'b1;
    always_ff @(posedge clk) begin
        if (!rst_n) again <= 1'b0;
        else again <= program_fuse && programmed[sw.dai_addr.address.value];
    end
    assign violation = (program_fuse && !sw.supply.on.value)  // programmed without its supply
        || again;                                             // programmed twice

    // What software sees
    always_comb begin
        hw.status.part_error.next    = part_error;
        hw.status.dai_error.next     = 1'b0;
        hw.status.check_timeout.next = check_timeout;
        hw.status.dai_idle.next      = open;
        hw.status.check_pending.next = check_pending;
        hw.status.sensed.next        = sensed;
        hw.dai_regwen.open.next      = open;
        hw.dai_rdata.low.next        = '0;  // no word is ever read out
        hw.dai_rdata.high.next       = '0;
        hw.harvest.absent.next       = absent;
        hw.harvest.marker.next       = marked ? MARKER : '0;
        hw.thermal_trip.trim.next    = sensed ? THERMAL_TRIP : '0;
        hw.thermal_trip.valid.next   = sensed;
        hw.serial.low.next           = sensed ? serial[31:0] : '0;
        hw.serial.high.next          = sensed ? serial[63:32] : '0;
    end
    for (genvar p = 0; p < PARTITIONS; p++) begin : gen_partition
        assign hw.err_code[p].code.next      = code[p];
        assign hw.err_code[p].corrected.next = 8'(corrected[p]);
        assign hw.digest[p].low.next         = digest[p][31:0];
        assign hw.digest[p].high.next        = digest[p][63:32];
    end
    for (genvar g = 0; g < 3; g++) begin : gen_group
        assign hw.calibration[g].trim0.next = sensed ? CALIBRATION[g][7:0] : '0;
        assign hw.calibration[g].trim1.next = sensed ? CALIBRATION[g][15:8] : '0;
        assign hw.calibration[g].trim2.next = sensed ? CALIBRATION[g][23:16] : '0;
        assign hw.calibration[g].trim3.next = sensed ? CALIBRATION[g][31:24] : '0;
    end

    always_comb begin
        faults_used                = '0;
        faults_used[STUCK_BUSY]    = through;
        faults_used[CORRECTED]     = sensing;
        faults_used[UNCORRECTABLE] = sensing;
        faults_used[DIGEST]        = sensing;
        faults_used[BLANK]         = sensing;
        faults_used[CHECK_LATE]    = check;
    end
endmodule
