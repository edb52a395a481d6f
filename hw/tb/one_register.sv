// The smallest chip: an identity and one register. APB; all other addresses answer with an error.
//
//     0  id      0x0BED0001
//     4  ctrl    [0] enable   [15:8] gain   [31] ready: read-only, 100 clocks after enable
//  1000  ctrl again, 1024 times: for bursts

module one_register (
    input  logic        clk,
    input  logic        rst_n,
    input  logic        psel,
    input  logic        penable,
    input  logic        pwrite,
    input  logic [31:0] paddr,
    input  logic [31:0] pwdata,
    input  logic [3:0]  pstrb,
    output logic        pready,
    output logic [31:0] prdata,
    output logic        pslverr
);
    localparam logic [31:0] ID = 32'h0BED_0001;
    localparam logic [6:0] SETTLING = 7'd100;

    logic enable, is_id, is_ctrl;
    logic [7:0] gain;
    logic [6:0] left;

    assign is_id   = paddr == 32'h0;
    assign is_ctrl = paddr == 32'h4 || paddr[31:12] == 20'h1;

    assign pready  = penable;
    assign pslverr = !(is_id && !pwrite) && !is_ctrl;
    assign prdata  = is_id ? ID : {enable && left == 0, 15'd0, gain, 7'd0, enable};

    always_ff @(posedge clk or negedge rst_n) begin
        if (!rst_n) begin
            enable <= 1'b0;
            gain   <= '0;
            left   <= SETTLING;
        end else begin
            if (psel && penable && pwrite && is_ctrl) begin
                if (pstrb[0]) enable <= pwdata[0];
                if (pstrb[1]) gain <= pwdata[15:8];
            end
            if (!enable) left <= SETTLING;
            else if (left != 0) left <= left - 1;
        end
    end
endmodule
