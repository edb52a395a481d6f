// Frames: takes bytes, checks them, and says at the end of a frame what it was. It keeps the payload for the access.

module spi_br_frame
    import spi_br_pkg::*;
(
    input logic clk,
    input logic rst_n,

    input logic       got,
    input logic [7:0] data,
    input logic       last,
    input logic       cut,

    input  logic        busy,      // the payload is in use: it is not written
    input  logic [5:0]  index,     // which word of it is wanted
    output logic [31:0] word,
    output logic [3:0]  lanes,

    output frame_t     frame,
    output logic       asked,      // one clock: a short frame has its header, and it is right
    output logic       ended,      // one clock: the frame has ended, `verdict` holds
    output logic [3:0] verdict,    // OKAY, or why it must be dropped
    output logic       truncated   // with FORMAT: the frame was cut short
);
    localparam logic [10:0] SHORT = 4, LONG = 10;  // bytes of a header, its checksum included

    logic [10:0] count;  // bytes so far; stays at its maximum
    logic [7:0]  op, second, third, fourth, flags;
    logic [7:0]  header_crc;
    logic [15:0] crc;    // over everything, the CRC included: 0 at the end of a right frame
    logic        header_right, known, brief, access;
    logic [10:0] header, total, words;
    logic [39:0] address;
    logic [15:0] tail;
    logic torn, late;

    assign known  = op[7:4] == PROTOCOL && op[3:0] <= LINK_RESET;
    assign access = op[3:0] == WRITE || op[3:0] == READ || op[3:0] == WRITE_MASKED;
    assign brief  = op[3:0] == NOP || op[3:0] == GET_RESULT || op[3:0] == GET_STATUS;
    assign header = access ? LONG : SHORT;
    assign flags  = second;
    assign words  = 11'(flags[5:0]) + 1;

    always_comb begin
        total = SHORT + 6;  // LINK_RESET: a nonce and the CRC
        if (access) total = LONG + 2;
        if (op[3:0] == WRITE) total = LONG + 2 + (words << (flags[6] ? 3 : 2));
        if (op[3:0] == WRITE_MASKED) total = LONG + 2 + (words << (flags[6] ? 4 : 3));
    end

    assign frame.op      = op[3:0];
    assign frame.seq     = access ? third : second;
    assign frame.session = access ? fourth : third;
    assign frame.address = address;
    assign frame.fixed   = flags[7];
    assign frame.wide    = flags[6];
    assign frame.words   = words[6:0];
    assign frame.torn    = torn;
    assign frame.late    = late;
    assign frame.crc     = tail;
    assign asked         = got && known && brief && count == SHORT - 1 && header_crc == data;

    // The payload. A masked word comes as its mask, then its data.
    logic [35:0] payload[64];
    logic [23:0] gathered;
    logic [31:0] whole;
    logic [3:0]  mask, full, none;
    logic [8:0]  at;
    assign at    = 9'(count - LONG);
    assign whole = {gathered, data};
    for (genvar i = 0; i < 4; i++) begin : g_lane
        assign full[i] = whole[8*i+:8] == 8'hFF;
        assign none[i] = whole[8*i+:8] == 8'h00;
    end
    assign {lanes, word} = payload[index];

    always_ff @(posedge clk) begin
        if (got && !busy && count >= LONG) begin
            if (op[3:0] == WRITE && at[1:0] == 3) payload[at[7:2]] <= {4'hF, whole};
            if (op[3:0] == WRITE_MASKED && at[2:0] == 7) payload[at[8:3]] <= {mask, whole};
        end
    end

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            {op, second, third, fourth} <= '0;
            {address, tail, torn, late} <= '0;
            count        <= '0;
            header_crc   <= CRC8_INIT;
            crc          <= CRC16_INIT;
            header_right <= 1'b0;
            gathered     <= '0;
            mask         <= '0;
        end else if (last) begin
            count        <= '0;
            header_crc   <= CRC8_INIT;
            crc          <= CRC16_INIT;
            header_right <= 1'b0;
        end else if (got) begin
            if (count != '1) count <= count + 1;
            header_crc <= crc8(header_crc, data);
            crc        <= crc16(crc, data);
            tail       <= {tail[7:0], data};
            gathered   <= whole[23:0];
            if (count == header - 1) header_right <= header_crc == data;
            case (count)
                0: begin
                    op   <= data;
                    torn <= 1'b0;
                    late <= 1'b0;
                end
                1: second <= data;
                2: third <= data;
                3: fourth <= data;
                4, 5, 6, 7: address <= {address[31:0], data};
                8: if (access) address <= {address[31:0], data};
                default: if (busy) late <= 1'b1;
            endcase
            if (op[3:0] == WRITE_MASKED && count >= LONG && at[2:0] == 3) begin
                mask <= full;
                if ((full | none) != '1 && count < total - 2) torn <= 1'b1;
            end
        end
    end

    assign ended = last;
    always_comb begin
        truncated = 1'b0;
        verdict   = OKAY;
        if (count == 0) truncated = 1'b1;
        else if (!known) verdict = FORMAT;
        else if (count < header) truncated = 1'b1;
        else if (!header_right) verdict = HCRC;
        else if (!brief) begin
            if (count < total || (count == total && cut)) truncated = 1'b1;
            else if (count > total) verdict = FORMAT;
            else if (crc != 0) verdict = CRC;
        end
        if (truncated) verdict = FORMAT;
    end
endmodule
