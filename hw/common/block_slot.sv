// Where a block is mounted: between the fabric, the power, clock and reset that it needs, and the block itself.
// A block that lacks one of these never sees an access, so that the fabric's timeout answers for it; without its clock its
// time stands still.

module block_slot
    import block_pkg::*;
(
    input logic [9:0] number,  // which instance this is
    input logic clk,
    input logic por_n,  // of the chip
    input logic tick,   // one clock each microsecond of device time

    // what the block needs to answer
    input logic power,
    input logic clock,
    input logic released,

    // towards the fabric
    input  apb_req_t apb,
    output apb_rsp_t apb_rsp,
    input  logic     gave_up,   // the fabric ended an access to this block by its timeout
    output logic     was_reset, // one clock: the block entered reset or lost power, after it once was out of it

    // towards the testbench
    input plant_t plant,
    input logic   plant_clk,

    // towards the block
    output logic              block_por_n,   // power-on reset: nothing survives it
    output logic              block_rst_n,
    output logic              block_tick,    // each microsecond
    output logic              block_step,    // the same, stretched by the fault `slow`: for durations
    output apb_req_t          block_apb,
    input  apb_rsp_t          block_rsp,
    output faults_t           faults,
    input  logic [FAULTS-1:0] faults_used
);
    logic [KINDS-1:0] planted, used;
    logic [KINDS-1:0][31:0] value;
    logic kicked, up, was_up;

    fault_bank bank (.number, .clk, .plant_clk, .plant, .used, .planted, .value);
    assign faults.planted = planted[FAULTS-1:0];
    assign faults.value   = value[FAULTS-1:0];

    // Power and reset. `kicked` is the fault `block_reset`: the block resets itself without anybody asking.
    logic kick_done, kick_seen;
    logic answers;
    assign block_por_n = por_n && power;
    assign block_rst_n = block_por_n && released && !kicked;
    assign up          = block_por_n && released;

    delay kick (
        .clk, .rst_n(por_n), .step(tick), .start(planted[BLOCK_RESET] && !kick_seen), .stop(1'b0),
        .us(us_of_ns(value[BLOCK_RESET])), .running(), .done(kick_done)
    );

    always_ff @(posedge clk) begin
        if (!por_n) begin
            kicked    <= 1'b0;
            kick_seen <= 1'b0;
            was_up    <= 1'b0;
        end else begin
            kick_seen <= planted[BLOCK_RESET];
            kicked    <= kick_done;
            was_up    <= up;
        end
    end
    assign was_reset = (was_up && !up) || kicked;

    // The block's microseconds
    logic [31:0] skipped;
    logic slow_step;
    assign slow_step = !planted[SLOW] || skipped + 1 >= value[SLOW];
    always_ff @(posedge clk) begin
        if (!por_n) skipped <= '0;
        else if (tick) skipped <= slow_step ? '0 : skipped + 1;
    end
    assign block_tick = tick && clock;
    assign block_step = block_tick && slow_step;

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
