// APB fabric of a region: decodes, and answers for whoever does not. An access to an address where nobody lives, or to a block
// that cannot answer (unpowered, unclocked, in reset, hung), ends with an error within a bound; the first one is kept.

module apb_fabric
    import block_pkg::*;
#(
    parameter int unsigned PORTS = 1,             // requesters; the lowest number goes first
    parameter int unsigned SLOTS = 1,             // blocks
    parameter logic [SLOTS-1:0][31:0] BASE = '0,  // byte address of each block
    parameter logic [SLOTS-1:0][31:0] SIZE = '0,  // bytes of its registers
    parameter int unsigned TIMEOUT_US = 10
) (
    input logic clk,
    input logic por_n,
    input us_t  tick,

    input  apb_req_t port    [PORTS],
    output apb_rsp_t port_rsp[PORTS],
    output apb_req_t slot    [SLOTS],
    input  apb_rsp_t slot_rsp[SLOTS],
    output logic [SLOTS-1:0] gave_up,  // one clock: an access to this block ended by the timeout

    input  logic          acknowledge,
    output fabric_error_t error
);
    // Requests are registered: nothing in here hangs on signals of another clock. What was answered is not seen again.
    apb_req_t asking[PORTS];
    always_ff @(posedge clk) begin
        for (int unsigned p = 0; p < PORTS; p++) begin
            asking[p] <= port[p];
            if (!por_n || port_rsp[p].pready) begin
                asking[p].psel    <= 1'b0;
                asking[p].penable <= 1'b0;
            end
        end
    end

    // Who asks: one access at a time, from its first clock to its last.
    localparam int unsigned PW = PORTS > 1 ? $clog2(PORTS) : 1;
    logic active;
    logic [PW-1:0] owner, next_owner;
    logic asked;
    apb_req_t request;
    apb_rsp_t response;

    always_comb begin
        next_owner = '0;
        asked      = 1'b0;
        for (int p = PORTS - 1; p >= 0; p--) begin
            if (asking[p].psel) begin
                next_owner = PW'(p);
                asked      = 1'b1;
            end
        end
    end

    logic ending;
    always_ff @(posedge clk) begin
        if (!por_n) begin
            active <= 1'b0;
            owner  <= '0;
        end else if (!active) begin
            active <= asked;
            owner  <= next_owner;
        end else if (ending) begin
            active <= 1'b0;
        end
    end

    // The access goes on to the block once the owner is settled: setup phase in the first clock, access phase from then on.
    logic enabled;
    always_ff @(posedge clk) begin
        if (!por_n) enabled <= 1'b0;
        else enabled <= active && !ending;
    end
    always_comb begin
        request         = asking[owner];
        request.psel    = active && asking[owner].psel;
        request.penable = enabled && active;
    end

    // Where it goes
    logic [SLOTS-1:0] hit;
    always_comb begin
        for (int unsigned s = 0; s < SLOTS; s++) begin
            hit[s]        = active && request.paddr >= BASE[s] && request.paddr - BASE[s] < SIZE[s];
            slot[s]       = request;
            slot[s].paddr = request.paddr - BASE[s];
            slot[s].psel  = request.psel && hit[s];
            slot[s].penable = request.penable && hit[s];
        end
    end

    // Who answers: the block, or the fabric for it.
    localparam int unsigned LIMIT = TIMEOUT_US;
    logic [15:0] waited;
    logic nobody, late;
    assign nobody = enabled && active && hit == '0;
    assign late   = enabled && active && !response_ready && waited >= 16'(LIMIT);
    logic response_ready;
    always_comb begin
        response       = '0;
        response_ready = 1'b0;
        for (int unsigned s = 0; s < SLOTS; s++) begin
            if (hit[s] && slot_rsp[s].pready && enabled) begin
                response       = slot_rsp[s];
                response_ready = 1'b1;
            end
        end
        if (nobody || late) begin
            response.pready  = 1'b1;
            response.pslverr = 1'b1;
            response.prdata  = '1;
        end
    end
    assign ending  = active && enabled && response.pready;
    assign gave_up = late ? hit : '0;

    always_comb begin
        for (int unsigned p = 0; p < PORTS; p++) begin
            port_rsp[p] = '0;
            if (active && owner == PW'(p)) port_rsp[p] = response;
        end
    end

    always_ff @(posedge clk) begin
        if (!por_n) waited <= '0;
        else if (!active || ending) waited <= '0;
        else waited <= waited + tick;
    end

    // The log: the first error is frozen, all are counted.
    always_ff @(posedge clk) begin
        if (!por_n) error <= '0;
        else if (nobody || late) begin
            if (!error.valid) begin
                error.valid   <= 1'b1;
                error.decode  <= nobody;
                error.write   <= request.pwrite;
                error.address <= request.paddr;
            end
            if (error.count != '1) error.count <= error.count + 1;
        end else if (acknowledge) begin
            error.valid <= 1'b0;
            error.count <= '0;
        end
    end
endmodule
