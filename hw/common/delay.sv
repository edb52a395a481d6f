// One delay in device time: `done` for one clock, when `us` steps have passed since `start`. A new start begins anew.

module delay
    import block_pkg::*;
(
    input  logic        clk,
    input  logic        rst_n,
    input  us_t         step,   // microseconds that have passed
    input  logic        start,
    input  logic        stop,   // what was started will not be done
    input  logic [31:0] us,     // sampled at start; 0 counts as 1
    output logic        running,
    output us_t         alarm,
    output logic        done
);
    logic [31:0] left;
    logic over;

    assign running = left != 0;
    assign alarm   = clipped(left);
    assign over    = left <= 32'(step);
    assign done    = running && over && !stop && !start;

    always_ff @(posedge clk) begin
        if (!rst_n) left <= 0;
        else if (start) left <= us == 0 ? 1 : us;
        else if (stop) left <= 0;
        else if (running) left <= over ? 0 : left - 32'(step);
    end
endmodule
