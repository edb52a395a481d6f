// The pins: SPI mode 0, most significant bit first. Bits become bytes, chip select becomes the ends of frames.
//
// The pins are sampled with the bus clock, behind synchronisers, instead of clocking a domain of their own with SCK: SCK stands
// still between frames, so a domain of its own could neither notice that CS has risen nor let an idle timer run, and every
// flag of a frame would have to cross over. Price: the bus clock must run freely and at least ten times as fast as SCK
// (100 MHz for 10 MHz), and MISO follows the falling edge of SCK by two to three clocks.

module spi_br_pins
    import block_pkg::*;
(
    input logic clk,
    input logic rst_n,
    input us_t  tick,

    input  logic sck,
    input  logic cs_n,
    input  logic mosi,
    output logic miso,

    input  logic [15:0] idle_us,
    input  logic [7:0]  send,      // the byte to send next: taken half a bit after `got`
    output logic        selected,
    output logic        got,       // one clock: `data` is complete
    output logic [7:0]  data,
    output logic        last,      // one clock: the frame has ended, with at least one bit in it
    output logic        cut        // with `last`: not at the end of a byte, or ended by the idle timer
);
    logic [2:0] sck_sync, cs_sync;
    logic [1:0] mosi_sync;
    always_ff @(posedge clk) begin
        if (!rst_n) begin
            sck_sync  <= '0;
            cs_sync   <= '0;  // as if selected: see `ignore`
            mosi_sync <= '0;
        end else begin
            sck_sync  <= {sck_sync[1:0], sck};
            cs_sync   <= {cs_sync[1:0], cs_n};
            mosi_sync <= {mosi_sync[0], mosi};
        end
    end

    logic rise, fall, ended, tired;
    assign rise     = sck_sync[1] && !sck_sync[2];
    assign fall     = !sck_sync[1] && sck_sync[2];
    assign selected = !cs_sync[1];
    assign ended    = cs_sync[1] && !cs_sync[2];

    logic [2:0]  bits;    // of the present byte
    logic        some;    // a bit of this frame was seen
    logic        ignore;  // the idle timer has ended this frame: what still comes belongs to nothing
    logic [15:0] idle;
    logic [7:0]  out;

    assign tired = selected && some && !ignore && idle_us != 0 && tick != 0 && idle + tick >= idle_us;
    assign last  = some && !ignore && (ended || tired);
    assign cut   = tired || bits != 0;
    assign miso  = selected && out[7];

    always_ff @(posedge clk) begin
        if (!rst_n) begin
            bits   <= '0;
            some   <= 1'b0;
            ignore <= 1'b1;  // a frame that was under way when reset was released has lost its head
            idle   <= '0;
            out    <= '0;
            got    <= 1'b0;
            data   <= '0;
        end else if (!selected) begin
            bits   <= '0;
            some   <= 1'b0;
            ignore <= 1'b0;
            idle   <= '0;
            out    <= '0;
            got    <= 1'b0;
        end else begin
            got <= rise && !ignore && bits == 7;
            if (rise && !ignore) begin
                data <= {data[6:0], mosi_sync[1]};
                bits <= bits + 1;
                some <= 1'b1;
            end
            if (fall) out <= ignore ? '0 : bits == 0 ? send : {out[6:0], 1'b0};
            if (tired) ignore <= 1'b1;
            if (rise || fall) idle <= '0;
            else idle <= clipped(32'(idle) + 32'(tick));
        end
    end
endmodule
