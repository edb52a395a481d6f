// Serves a HAL's bus by APB (AMBA APB4): each word is one transfer, at the earliest three clocks after the one before.

module apb_master
    import block_pkg::*;
    import bedplate_pkg::*;
#(
    parameter int unsigned PATIENCE = 100_000,  // clocks without PREADY after which the bus counts as dead
    parameter bit ALONE = 1  // nobody else serves this HAL: requests that are not of this bus are refused
) (
    bedplate_if      hal,
    input  logic     clk,
    output apb_req_t request,
    input  apb_rsp_t response
);
    initial request = '0;

    always begin
        status_t status;
        hal.get();
        status = OK;
        if (!ALONE) wait (hal.running && (hal.op == READ || hal.op == WRITE));
        if (hal.op == READ || hal.op == WRITE) begin
            for (int i = 0; i < hal.count && status == OK; i++) begin
                logic [31:0] word;
                word = hal.words[i];
                transfer(hal.op == WRITE, hal.address[31:0] + 32'(4 * i), hal.size, word, status);
                if (hal.op == READ) hal.words[i] = word;
            end
        end else status = SLVERR;
        hal.put(status);
    end

    // One transfer of 1, 2 or 4 bytes, right-aligned in `word`.
    task automatic transfer(input logic write, input logic [31:0] address, input int size, inout logic [31:0] word,
                            output status_t status);
        int unsigned waited;
        int shift;
        waited = 0;
        shift  = 8 * int'(address[1:0]);
        @(posedge clk);
        request.psel   <= 1'b1;
        request.pwrite <= write;
        request.paddr  <= {address[31:2], 2'b00};
        request.pwdata <= word << shift;
        request.pstrb  <= write ? ((4'd1 << size) - 4'd1) << address[1:0] : 4'd0;
        @(posedge clk);
        request.penable <= 1'b1;
        @(posedge clk);
        while (!response.pready && waited < PATIENCE) begin
            waited++;
            @(posedge clk);
        end
        word   = (response.prdata >> shift) & (size == 4 ? '1 : (32'd1 << (8 * size)) - 1);
        status = !response.pready ? TIMEOUT : response.pslverr ? SLVERR : OK;
        request.psel    <= 1'b0;
        request.penable <= 1'b0;
    endtask
endmodule
