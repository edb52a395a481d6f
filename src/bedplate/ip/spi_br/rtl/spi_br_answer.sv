// Answers to GET_RESULT and GET_STATUS, in the same frame, behind the header:
//
//     wait bytes 0x00, at least one   token 0xA5   STATUS1   SEQ   RESULT   LEN   HCRC   payload   CRC
//
// LEN is the number of words accessed without error; bit 7 says that they follow. HCRC covers the four bytes before it, CRC
// everything behind the token, and ahead of it the session byte of the asking frame: so an answer to somebody else's question
// fails the check. What an answer says is taken at its token, so it is of one moment.

module spi_br_answer
    import spi_br_pkg::*;
(
    input logic clk,
    input logic rst_n,

    input  logic       selected,
    input  logic       got,
    input  logic       asked,
    output logic [7:0] send,

    input logic [7:0] wait_bytes,
    input logic [3:0] op,
    input logic [7:0] seq,
    input logic [7:0] session,
    input last_t      decided,
    input logic       running,
    input logic       busy,
    input logic [31:0] nonce,
    input logic [3:0] reason,
    input logic [15:0] epoch,
    input logic       was_reset,
    input logic       dropped,
    input logic       locked,
    input logic       fabric_fault,

    output logic [5:0]  read_index,
    input  logic [31:0] read_word
);
    localparam logic [7:0] TOKEN = 8'hA5;
    localparam logic [6:0] STATUS_WORDS = 4;

    typedef enum logic [3:0] {OFF, WAITS, STATUS1, SEQ, RESULT, LEN, HEAD, BODY, CRC_HIGH, CRC_LOW} phase_t;
    phase_t phase;

    // What would be said now
    logic about_link, ours, ready;
    logic [3:0] result;
    logic [6:0] status;
    logic [7:0] length;
    logic       valid;
    assign about_link = op == GET_STATUS;
    assign ours       = session != 0 && session == nonce[7:0];
    assign ready      = about_link || !running || !ours || seq != decided.seq;

    always_comb begin
        result = decided.result;
        valid  = decided.valid && !running;
        length = {decided.read && decided.done != 0, decided.done};
        if (about_link) begin
            valid  = 1'b0;  // of nothing that was asked for: a garbled question must not be answered with what looks like data
            length = {1'b1, STATUS_WORDS};
        end else if (!ours || !valid || seq != decided.seq) begin
            valid  = 1'b0;
            length = '0;
            if (!ours) result = SESSION;
            else if (decided.valid && seq == decided.seq) result = BUSY;
            else result = reason != OKAY ? reason : SEQ_GAP;
        end
        status = {fabric_fault, locked, 1'b0, dropped, was_reset, valid, busy};
    end

    // What is being said
    logic [6:0]   said_status;
    logic [7:0]   said_seq, said_length;
    logic [3:0]   said_result;
    logic [127:0] about;
    logic         from_cache;
    logic [7:0]   waited, head_crc, now;
    logic [15:0]  crc;
    logic [8:0]   byte_at;
    logic [31:0]  word;

    assign read_index = byte_at[7:2];
    assign word       = from_cache ? read_word : about[127:96];

    always_comb begin
        now = '0;
        case (phase)
            WAITS: now = ready || waited >= wait_bytes ? TOKEN : '0;
            STATUS1: now = {^said_status, said_status};
            SEQ: now = said_seq;
            RESULT: now = {4'b0, said_result};
            LEN: now = said_length;
            HEAD: now = head_crc;
            BODY: now = word[{~byte_at[1:0], 3'b000}+:8];
            CRC_HIGH: now = crc[15:8];
            CRC_LOW: now = crc[7:0];
            default: ;
        endcase
    end

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            phase <= OFF;
            send  <= '0;
            {said_status, said_seq, said_result, said_length, about, from_cache, waited, head_crc, crc, byte_at} <= '0;
        end else if (!selected) begin
            phase <= OFF;
            send  <= '0;
        end else if (asked) begin
            phase  <= op == NOP ? OFF : WAITS;
            waited <= 1;
        end else if (got) begin
            send <= now;
            if (phase != CRC_HIGH && phase != CRC_LOW) crc <= crc16(crc, now);
            head_crc <= crc8(head_crc, now);
            case (phase)
                WAITS: if (now == TOKEN) begin
                    phase       <= STATUS1;
                    said_status <= status;
                    said_seq    <= decided.seq;
                    said_result <= result;
                    said_length <= length;
                    from_cache  <= !about_link;
                    about       <= {epoch, 1'b0, decided.done, decided.seq,
                                    decided.crc, reason, decided.result, decided.address[39:32],
                                    decided.address[31:0],
                                    nonce};
                    byte_at     <= '0;
                    head_crc    <= CRC8_INIT;
                    crc         <= crc16(CRC16_INIT, session);
                end else waited <= waited + 1;
                STATUS1: phase <= SEQ;
                SEQ: phase <= RESULT;
                RESULT: phase <= LEN;
                LEN: phase <= HEAD;
                HEAD: phase <= said_length[7] ? BODY : CRC_HIGH;
                BODY: begin
                    byte_at <= byte_at + 1;
                    if (byte_at[1:0] == 3) about <= about << 32;
                    if (byte_at + 1 == {said_length[6:0], 2'b00}) phase <= CRC_HIGH;
                end
                CRC_HIGH: phase <= CRC_LOW;
                default: phase <= OFF;
            endcase
        end
    end
endmodule
