// Where a block is mounted: between the fabric, the power, clock and reset that it needs, and the block itself.
// A block that lacks one of these never sees an access, so that the fabric's timeout answers for it; without its clock its
// time stands still.

module block_slot
    import block_pkg::*;
(
    input logic [9:0] number,  // which instance this is
    input logic clk,
    input logic por_n,  // of the chip
    input us_t  tick,   // microseconds of device time that have passed
    output us_t alarm,  // when something will happen in the block, or to it

    // what the block needs to answer
    input logic power,
    input logic clock,
    input logic released,
    input logic provider_reset,  // one clock: who gives one of these was reset itself

    // towards the fabric
    input  apb_req_t apb,
    output apb_rsp_t apb_rsp,
    input  logic     gave_up,   // the fabric ended an access to this block by its timeout
    output logic     was_reset, // one clock: the block entered reset or lost power, after it once was out of it
    output logic     deprived,  // one clock: power, clock or reset release were taken from it; its registers are as before

    // towards the testbench
    input plant_t plant,
    input chip_reset_t chip_reset,

    // towards the block
    output logic              block_por_n,   // power-on reset: nothing survives it
    output logic              block_rst_n,
    output us_t               block_tick,    // microseconds that have passed
    output us_t               block_step,    // the same, stretched by the fault `slow`: for durations
    input  us_t               block_alarm,   // in steps
    output apb_req_t          block_apb,
    input  apb_rsp_t          block_rsp,
    output faults_t           faults,
    input  logic [FAULTS-1:0] faults_used
);
    logic [KINDS-1:0] planted, used;
    logic [KINDS-1:0][31:0] value;
    logic kicked, up, was_up, worked, provider_was_reset;

    fault_bank bank (.number, .clk, .plant, .used, .planted, .value);
    assign faults.planted = planted[FAULTS-1:0];
    assign faults.value   = value[FAULTS-1:0];

    // Power and reset. `kicked` is the fault `block_reset`: the block resets itself without anybody asking.
    logic kick_done, kick_seen;
    us_t kick_alarm;
    logic answers;
    assign block_por_n = por_n && power;
    assign block_rst_n = block_por_n && released && !kicked && chip_reset == NO_RESET;
    assign up          = block_por_n && released;

    delay kick (
        .clk, .rst_n(por_n), .step(tick), .start(planted[BLOCK_RESET] && !kick_seen), .stop(1'b0),
        .us(us_of_ns(value[BLOCK_RESET])), .running(), .alarm(kick_alarm), .done(kick_done)
    );

    always_ff @(posedge clk) begin
        if (!por_n) begin
            kicked    <= 1'b0;
            kick_seen <= 1'b0;
            was_up    <= 1'b0;
            worked    <= 1'b0;
            provider_was_reset <= 1'b0;
        end else begin
            kick_seen <= planted[BLOCK_RESET];
            kicked    <= kick_done;
            was_up    <= up && chip_reset == NO_RESET;  // what it loses by that is told at once
            worked    <= up && clock && chip_reset == NO_RESET;
            provider_was_reset <= provider_reset;
        end
    end
    assign was_reset = (was_up && !(up && chip_reset == NO_RESET)) || kicked;

    assign deprived  = worked && !(up && clock)
        && por_n && chip_reset == NO_RESET && !provider_was_reset;  // resets take without anybody asking

    // The block's microseconds: of a slow block many make a step.
    logic [31:0] skipped, since, stretch;
    logic [47:0] ahead;
    assign faults.slow = planted[SLOW] && value[SLOW] > 1;
    assign stretch     = faults.slow ? value[SLOW] : 1;
    assign since       = skipped + 32'(tick);
    always_ff @(posedge clk) begin
        if (!por_n) skipped <= '0;
        else if (tick != 0) skipped <= faults.slow ? since % stretch : '0;
    end
    assign block_tick = clock ? tick : '0;
    assign block_step = faults.slow && block_tick != 0 ? us_t'(since / stretch) : block_tick;
    assign ahead      = block_alarm * 48'(stretch) - 48'(skipped);
    assign alarm      = sooner(kick_alarm, !clock || block_alarm == 0 ? '0 : ahead > 48'hFFFF ? 16'hFFFF : us_t'(ahead));

    // Accesses
    assign answers = up && clock && !planted[HUNG];
    always_comb begin
        block_apb         = apb;
        block_apb.psel    = apb.psel && answers;
        block_apb.penable = apb.penable && answers;
        apb_rsp           = block_rsp;
        apb_rsp.pready    = block_rsp.pready && answers;
    end

    always_comb begin
        used                  = '0;
        used[FAULTS-1:0]      = block_rst_n ? faults_used : '0;  // in reset nothing strikes
        used[BLOCK_RESET]     = kick_done;
        used[HUNG]            = gave_up && up && clock;
    end
endmodule
