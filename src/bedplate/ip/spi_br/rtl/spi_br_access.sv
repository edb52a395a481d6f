// Accesses on the fabric: one at a time, a burst word by word. What was read stays until the next access is decided.

module spi_br_access
    import block_pkg::*;
    import spi_br_pkg::*;
(
    input logic clk,
    input logic rst_n,
    input us_t  tick,

    input  logic        start,
    input  logic [3:0]  op,
    input  logic        fixed_address,
    input  logic [31:0] first_address,
    input  logic [6:0]  length,    // in words
    input  logic [15:0] limit_us,
    output logic [5:0]  index,     // which word of the payload is wanted
    input  logic [31:0] word,
    input  logic [3:0]  lanes,

    output logic        running,   // not decided yet
    output logic        draining,  // decided by timeout, but still on the fabric
    output logic        finished,  // one clock: `result` and `done` hold
    output logic [3:0]  result,
    output logic [6:0]  done,
    output logic        failed,    // one clock: the fabric answered with an error
    output logic        timed_out, // one clock

    input  logic [5:0]  read_index,
    output logic [31:0] read_word,

    output apb_req_t master,
    input  apb_rsp_t master_rsp,
    input  logic     link_fault,
    input  logic     no_answer     // planted: whatever the fabric answers is lost
);
    typedef enum logic [2:0] {IDLE, SETUP, ACCESS, JUDGE, DRAIN} state_t;
    state_t state;

    logic [31:0] cache[64];
    logic [31:0] address;
    logic [6:0]  words;
    logic [15:0] waited;
    logic        write, masked, fixed, ready, error, fault_before, tired;

    assign ready     = master_rsp.pready && !no_answer;
    assign index     = done[5:0];
    assign read_word = cache[read_index];
    assign running   = state == SETUP || state == ACCESS || state == JUDGE;
    assign draining  = state == DRAIN;
    assign tired     = state == ACCESS && !ready && limit_us != 0 && waited + tick >= limit_us;

    assign master.psel    = state == SETUP || state == ACCESS || state == DRAIN;
    assign master.penable = state == ACCESS || state == DRAIN;
    assign master.pwrite  = write;
    assign master.paddr   = address;
    assign master.pwdata  = write ? word : '0;
    assign master.pstrb   = !write ? '0 : masked ? lanes : '1;

    // The fabric's timeout is told from a block's error by the latch that rises with it.
    assign finished  = tired || (state == JUDGE && (error || done == words));
    assign timed_out = tired || (state == JUDGE && error && link_fault && !fault_before);
    assign failed    = state == JUDGE && error && !timed_out;
    assign result    = !failed && !timed_out ? OKAY : done != 0 ? PARTIAL : failed ? SLVERR : AXI_TIMEOUT;

    always_ff @(posedge clk) if (state == ACCESS && ready && !write) cache[done[5:0]] <= master_rsp.prdata;

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            state        <= IDLE;
            done         <= '0;
            words        <= '0;
            address      <= '0;
            waited       <= '0;
            {write, masked, fixed, error, fault_before} <= '0;
        end else begin
            case (state)
                IDLE: if (start) begin
                    state   <= SETUP;
                    done    <= '0;
                    words   <= length;
                    address <= first_address;
                    write   <= op != READ;
                    masked  <= op == WRITE_MASKED;
                    fixed   <= fixed_address;
                end
                SETUP: begin
                    state        <= ACCESS;
                    waited       <= '0;
                    fault_before <= link_fault;
                end
                ACCESS: begin
                    waited <= waited + tick;
                    if (tired) state <= DRAIN;
                    if (ready) begin
                        state <= JUDGE;
                        error <= master_rsp.pslverr;
                        if (!master_rsp.pslverr) done <= done + 1;
                        if (!master_rsp.pslverr && !fixed) address <= address + 4;
                    end
                end
                JUDGE: state <= finished ? IDLE : SETUP;
                DRAIN: if (ready) state <= IDLE;
                default: state <= IDLE;
            endcase
        end
    end
endmodule
