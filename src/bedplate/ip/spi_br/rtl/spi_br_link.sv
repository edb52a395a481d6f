// The rules of the link: which frames are executed, which are dropped, and what is kept of the last one that was decided.
//
// A frame acts only when it has ended, at the end of a byte, with everything right in it. It is then decided, once: executed,
// or answered with an error. The same frame again is not executed again. Everything else is dropped without a trace on the bus.

module spi_br_link
    import spi_br_pkg::*;
(
    input logic clk,
    input logic rst_n,

    input frame_t     frame,
    input logic       ended,
    input logic [3:0] verdict,
    input logic       truncated,

    input logic enable,
    input logic read_only,
    input logic clear,        // of status.dropped

    output logic        start,     // one clock: access the fabric
    input  logic        busy,
    input  logic        finished,
    input  logic [3:0]  result,
    input  logic [6:0]  done,

    output last_t       decided,
    output logic [31:0] nonce,
    output logic [3:0]  reason,    // of the last drop since the last decision; OKAY for none
    output logic        was_reset,
    output logic        dropped,
    output logic        right,     // one clock, for the counters: a right frame ended
    output logic        bad_crc,
    output logic        bad_length,
    output logic        bad_format,
    output logic        nobody     // one clock: no such address
);
    logic access, ours, again, next, crossing, malformed, decide, reset_link;
    logic [3:0] drop, refusal;

    assign access    = frame.op == WRITE || frame.op == READ || frame.op == WRITE_MASKED;
    assign ours      = frame.session != 0 && frame.session == nonce[7:0];
    assign again     = decided.valid && frame.seq == decided.seq && frame.crc == decided.crc;
    assign next      = frame.seq != 0 && frame.seq == (decided.seq == '1 ? 8'd1 : decided.seq + 8'd1);
    assign crossing  = !frame.fixed && 11'(frame.address[11:2]) + 11'(frame.words) > 11'd1024;  // 4 KiB
    assign malformed = frame.wide || frame.torn || crossing || frame.address[1:0] != 0;

    always_comb begin
        drop       = verdict;
        decide     = 1'b0;
        reset_link = 1'b0;
        if (verdict == OKAY) begin
            if (frame.op == LINK_RESET) begin
                if (frame.address[7:0] == 0) drop = FORMAT;
                else if (busy) drop = BUSY;
                else reset_link = ended;
            end else if (access) begin
                if (!ours) drop = SESSION;
                else if (again) ;  // its result is there already, or on its way
                else if (!next) drop = SEQ_GAP;
                else if (busy || frame.late) drop = BUSY;
                else decide = ended;
            end
        end
    end

    always_comb begin
        refusal = OKAY;
        if (!enable || (read_only && frame.op != READ)) refusal = LOCKED;
        else if (malformed) refusal = FORMAT;
        else if (frame.address[39:32] != 0) refusal = DECERR;
    end

    assign start      = decide && refusal == OKAY;
    assign right      = ended && verdict == OKAY;
    assign bad_crc    = ended && (drop == HCRC || drop == CRC);
    assign bad_length = ended && truncated;
    assign bad_format = (ended && !truncated && (drop == FORMAT || drop == SEQ_GAP || drop == SESSION))
        || (decide && refusal == FORMAT);
    assign nobody     = decide && refusal == DECERR;

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            decided   <= '0;
            nonce     <= '0;
            reason    <= OKAY;
            was_reset <= 1'b1;
            dropped   <= 1'b0;
        end else begin
            if (clear) dropped <= 1'b0;
            if (finished) begin
                decided.result <= result;
                decided.done   <= done;
            end
            if (reset_link) begin
                decided   <= '0;
                nonce     <= frame.address[31:0];
                reason    <= OKAY;
                was_reset <= 1'b0;
                dropped   <= 1'b0;
            end else if (decide) begin
                decided <= '{valid: 1'b1, read: frame.op == READ, seq: frame.seq, crc: frame.crc, address: frame.address,
                             result: refusal == OKAY ? BUSY : refusal, done: '0};
                reason  <= OKAY;
            end else if (ended && drop != OKAY) begin
                reason  <= drop;
                dropped <= 1'b1;
            end
        end
    end
endmodule
