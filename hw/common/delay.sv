// One delay in device time: `done` for one clock, when `us` steps have passed since `start`. A new start begins anew.

module delay (
    input  logic        clk,
    input  logic        rst_n,
    input  logic        step,   // one clock each microsecond
    input  logic        start,
    input  logic        stop,   // what was started will not be done
    input  logic [31:0] us,     // sampled at start; 0 counts as 1
    output logic        running,
    output logic        done
);
    logic [31:0] left;

    assign running = left != 0;
    assign done    = step && left == 1 && !stop && !start;

    always_ff @(posedge clk) begin
        if (!rst_n) left <= 0;
        else if (start) left <= us == 0 ? 1 : us;
        else if (stop) left <= 0;
        else if (step && running) left <= left - 1;
    end
endmodule
