// The faults that are planted in one instance.
// It belongs to the testbench, not to the chip, so no reset of the chip clears it.

module fault_bank
    import block_pkg::*;
(
    input  logic [9:0]             number,   // which instance this is
    input  logic                   clk,
    input  plant_t                 plant,
    input  logic [KINDS-1:0]       used,     // the fault struck: one of its times is gone
    output logic [KINDS-1:0]       planted,
    output logic [KINDS-1:0][31:0] value
);
    logic here;
    logic [KINDS-1:0] ever;
    logic [15:0] left[KINDS];
    logic [31:0] values[KINDS];

    initial begin
        planted = '0;
        ever    = '0;
        for (int unsigned kind = 0; kind < KINDS; kind++) values[kind] = '0;
    end

    assign here = plant.valid && plant.target == number;

    always_comb for (int unsigned kind = 0; kind < KINDS; kind++) value[kind] = values[kind];

    always_ff @(posedge clk) begin
        if (used != '0) begin
            for (int unsigned kind = 0; kind < KINDS; kind++) begin
                if (used[kind] && planted[kind] && !ever[kind]) begin
                    left[kind]    <= left[kind] - 1;
                    planted[kind] <= left[kind] != 1;
                end
            end
        end
        if (here) begin
            planted[plant.kind] <= 1'b1;
            ever[plant.kind]    <= plant.times == 0;
            left[plant.kind]    <= plant.times;
            values[plant.kind]  <= plant.value;
        end
    end
endmodule
