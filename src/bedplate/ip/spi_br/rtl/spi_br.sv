// SPI bridge: a controller outside reaches the fabric of a die through four pins.
//
// Frames, their checksums and rules: spi_br_frame.sv, spi_br_link.sv, spi_br_answer.sv. A controller may die at any bit of a
// frame: CS high drops what came so far, and CS that stays low is dropped by the idle timer and ignored until it has risen. An
// access that was decided ends by itself; the next controller reads from GET_STATUS which one that was.
//
// `clk` must be at least ten times as fast as SCK, since the pins are sampled with it, and run while `working`, and a few cycles
// longer. CS falls at least half a period of SCK before its first edge.

module spi_br
    import block_pkg::*;
    import spi_br_pkg::*;
    import spi_br_regs_pkg::*;
(
    output logic              working,   // a frame or an access is under way: the clock must not stop. Hangs on the pin itself

    output apb_req_t master,     // towards the fabric
    input  apb_rsp_t master_rsp,
    input  logic     link_fault, // the fabric has latched a timeout

    input  logic sck,
    input  logic cs_n,
    input  logic mosi,
    output logic miso,           // low while not selected: three-state belongs to the pad
    `include "block_ports.svh"
);
    // Faults that can be planted, in the order of the model's list.
    localparam int unsigned NO_ANSWER = 0;

    localparam us_t IDLE_GRAIN_US = 50;

    spi_br__in_t  hw;
    spi_br__out_t sw;
    spi_br_regs regs (.clk, .rst_n, .por_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    assign alarm = selected ? IDLE_GRAIN_US : '0;  // how finely its idle timer hears of time

    logic selected, got, last, cut;
    logic [7:0] data, send;
    spi_br_pins pins (
        .clk, .rst_n, .tick, .sck, .cs_n, .mosi, .miso, .idle_us(sw.idle_cfg.us.value), .send, .selected, .got, .data,
        .last, .cut
    );

    frame_t frame;
    logic asked, ended, truncated, start, running, draining, busy;
    logic [3:0] verdict, lanes;
    logic [5:0] index;
    logic [31:0] word;
    assign busy      = running || draining;
    assign working   = !cs_n || selected || busy;
    assign violation = 1'b0;
    spi_br_frame framing (
        .clk, .rst_n, .got, .data, .last, .cut, .busy, .index, .word, .lanes, .frame, .asked, .ended, .verdict, .truncated
    );

    logic finished, failed, timed_out;
    logic [3:0] result;
    logic [6:0] done;
    logic [5:0] read_index;
    logic [31:0] read_word;
    spi_br_access access (
        .clk, .rst_n, .tick, .start, .op(frame.op), .fixed_address(frame.fixed), .first_address(frame.address[31:0]), .length(frame.words),
        .limit_us(sw.timeout_cfg.access_us.value), .index, .word, .lanes, .running, .draining, .finished, .result, .done,
        .failed, .timed_out, .read_index, .read_word, .master, .master_rsp, .link_fault, .no_answer(faults.planted[NO_ANSWER])
    );
    always_comb begin
        faults_used            = '0;
        faults_used[NO_ANSWER] = timed_out;
    end

    last_t decided;
    logic [31:0] nonce;
    logic [3:0] reason;
    logic clear, was_reset, dropped, right, bad_crc, bad_length, bad_format, nobody;
    assign clear = sw.err_clr.clear.value;
    spi_br_link link (
        .clk, .rst_n, .frame, .ended, .verdict, .truncated, .enable(sw.ctrl.en.value),
        .read_only(sw.ctrl.read_only.value), .clear, .start, .busy, .finished, .result, .done,
        .decided, .nonce, .reason, .was_reset, .dropped, .right, .bad_crc, .bad_length, .bad_format, .nobody
    );

    logic locked;
    assign locked = !sw.ctrl.en.value || sw.ctrl.read_only.value;
    spi_br_answer answer (
        .clk, .rst_n, .selected, .got, .asked, .send, .wait_bytes(sw.timeout_cfg.wait_bytes.value), .op(frame.op),
        .seq(frame.seq), .session(frame.session), .decided, .running, .busy, .nonce, .reason, .epoch(sw.epoch.count.value), .was_reset, .dropped, .locked,
        .fabric_fault(link_fault), .read_index, .read_word
    );

    // The first clock after a reset, of whatever kind, is counted. Power-on reset has cleared the counter.
    logic [1:0] awake;
    always_ff @(posedge clk) begin
        if (!rst_n) awake <= '0;
        else awake <= {awake[0], 1'b1};
    end

    // Counted a clock later: what is read through the fabric, by this bridge too, must not hang on what the fabric answers.
    logic count_timeout, count_error;
    always_ff @(posedge clk) begin
        if (!rst_n) {count_timeout, count_error} <= '0;
        else {count_timeout, count_error} <= {timed_out, failed || nobody};
    end

    always_comb begin
        hw.status.busy.next         = busy;
        hw.status.valid.next        = decided.valid && !running;
        hw.status.was_reset.next    = was_reset;
        hw.status.dropped.next      = dropped;
        hw.status.locked.next       = locked;
        hw.status.fabric_fault.next = link_fault;
        hw.status.draining.next     = draining;
        hw.session.nonce.next       = nonce;
        hw.epoch.count.incr         = awake == 2'b01;
        hw.last.seq.next            = decided.seq;
        hw.last.result.next         = decided.result;
        hw.last.dropped.next        = reason;
        hw.last.done.next           = decided.done;
        hw.last_addr_lo.value.next  = decided.address[31:0];
        hw.last_addr_hi.value.next  = decided.address[39:32];
        hw.err_cnt_crc.count.incr = bad_crc;
        hw.err_cnt_crc.count.hwclr = clear;
        hw.err_cnt_trunc.count.incr = bad_length;
        hw.err_cnt_trunc.count.hwclr = clear;
        hw.err_cnt_format.count.incr = bad_format;
        hw.err_cnt_format.count.hwclr = clear;
        hw.err_cnt_timeout.count.incr = count_timeout;
        hw.err_cnt_timeout.count.hwclr = clear;
        hw.err_cnt_slverr.count.incr = count_error;
        hw.err_cnt_slverr.count.hwclr = clear;
        hw.frame_cnt.count.incr     = right;
    end
endmodule
