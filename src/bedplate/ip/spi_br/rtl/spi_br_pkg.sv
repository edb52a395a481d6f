// What the parts of the SPI bridge say to each other: operations, results, the checksums.

package spi_br_pkg;

    localparam logic [3:0] PROTOCOL = 4'h1;

    // Operations
    localparam logic [3:0] NOP = 4'h0;
    localparam logic [3:0] WRITE = 4'h1;
    localparam logic [3:0] READ = 4'h2;
    localparam logic [3:0] GET_RESULT = 4'h3;
    localparam logic [3:0] GET_STATUS = 4'h4;
    localparam logic [3:0] WRITE_MASKED = 4'h5;
    localparam logic [3:0] LINK_RESET = 4'h6;

    // Results
    localparam logic [3:0] OKAY = 4'h0;
    localparam logic [3:0] SLVERR = 4'h2;
    localparam logic [3:0] DECERR = 4'h3;
    localparam logic [3:0] AXI_TIMEOUT = 4'h4;
    localparam logic [3:0] HCRC = 4'h7;
    localparam logic [3:0] CRC = 4'h8;
    localparam logic [3:0] FORMAT = 4'h9;
    localparam logic [3:0] SEQ_GAP = 4'hA;
    localparam logic [3:0] BUSY = 4'hB;
    localparam logic [3:0] LOCKED = 4'hC;
    localparam logic [3:0] SESSION = 4'hD;
    localparam logic [3:0] PARTIAL = 4'hE;

    localparam logic [7:0]  CRC8_INIT = 8'hFF;
    localparam logic [15:0] CRC16_INIT = 16'hFFFF;

    // A frame as received. Its long part means something only for the accesses.
    typedef struct packed {
        logic [3:0]  op;
        logic [7:0]  seq;
        logic [7:0]  session;
        logic [39:0] address;  // or, in its low 32 bits, the nonce of LINK_RESET
        logic        fixed;    // every word at the same address
        logic        wide;     // 64-bit words
        logic [6:0]  words;    // 1 to 64
        logic        torn;     // a mask that is not made of whole bytes
        logic        late;     // its payload came while the one before was still in use
        logic [15:0] crc;
    } frame_t;

    // What the last decided access came to.
    typedef struct packed {
        logic        valid;    // there is one since LINK_RESET
        logic        read;
        logic [7:0]  seq;
        logic [15:0] crc;
        logic [39:0] address;
        logic [3:0]  result;
        logic [6:0]  done;     // words accessed without error
    } last_t;

    function automatic logic [7:0] crc8(logic [7:0] crc, logic [7:0] data);
        logic [7:0] c;
        c = crc ^ data;
        for (int i = 0; i < 8; i++) c = {c[6:0], 1'b0} ^ (c[7] ? 8'h07 : 8'h00);
        return c;
    endfunction

    function automatic logic [15:0] crc16(logic [15:0] crc, logic [7:0] data);
        logic [15:0] c;
        c = crc ^ {data, 8'h00};
        for (int i = 0; i < 8; i++) c = {c[14:0], 1'b0} ^ (c[15] ? 16'h1021 : 16'h0000);
        return c;
    endfunction

endpackage
