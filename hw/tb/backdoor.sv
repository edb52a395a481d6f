// What a testbench does to a chip past its registers: plants faults, sets fuses, starts workloads, resets it, counts violations, and
// lets time leap.
// From the command line of the simulator, before power-on reset ends, or when the HAL's proofs ask for it.
//
//     +fault=die0.pll.sys:no_lock*1,die0.pll.noc:slow=4     instance:fault=value*times; without times for ever
//     +harvest=die0:20,die1:1                               masks, hexadecimal
//     +tenant                                               a workload runs from the start

module backdoor
    import block_pkg::*;
    import bedplate_pkg::*;
#(
    parameter int unsigned INSTANCES = 1,
    parameter int unsigned DIES = 1
) (
    bedplate_if                        hal,
    input  logic                       clk,
    input  logic                       us_clk,
    input  logic [INSTANCES-1:0]       violation,     // one cycle each
    output plant_t                     plant,
    output logic                       power,         // of the whole chip
    output chip_reset_t                chip_reset,
    output logic                       tenant_active,
    output logic [DIES-1:0][7:0]       harvest,
    output us_t                        us_stride,     // microseconds in a cycle of `us_clk`
    output logic                       ready  // what the command line asked for is done
);
    localparam int unsigned SHOWN = 10;  // violations that are told one by one
    int unsigned violations = 0;
    initial begin
        plant         = '0;
        power         = 1'b1;
        chip_reset    = NO_RESET;
        tenant_active = $test$plusargs("tenant") != 0;
        harvest       = '0;
        us_stride     = 1;
    end

    always @(posedge clk)
        if (violation != '0) begin
            violations <= violations + $countones(violation);
            for (int i = 0; i < INSTANCES; i++)
                if (violation[i] && violations < SHOWN) $display("%0t: violation in instance %0d", $time, i);
        end

    always begin
        hal.get();
        wait (hal.running && hal.op == BACKDOOR);
        serve();
    end

    task serve();
        case (backdoor_t'(hal.words[0]))
            PLANT: strike(hal.words[1], hal.words[2], hal.words[3], hal.words[4]);
            TENANT: tenant_active = hal.words[1][0];
            VIOLATIONS: hal.words[0] = violations;
            FUSES: harvest[hal.words[1]] = hal.words[2][7:0];
            RESET: if (hal.words[1] == 1) power_cycle(); else warm_reset(chip_reset_t'(hal.words[1][1:0]));
            LEAP: leap(hal.words[1]);
            default: ;
        endcase
        hal.put(OK);
    endtask

    task strike(input int unsigned target, kind, value, times);
        @(posedge clk);
        plant <= '{valid: 1'b1, target: target[9:0], kind: kind[4:0], value: value, times: times[15:0]};
        @(posedge clk);
        plant.valid <= 1'b0;
    endtask

    // Off for long enough that every clock of the chip sees it. What lost its power runs no more.
    task power_cycle();
        tenant_active = 1'b0;
        power <= 1'b0;
        repeat (2) @(posedge us_clk);
        repeat (4) @(posedge clk);
        power <= 1'b1;
        repeat (2) @(posedge clk);
    endtask

    // So many microseconds of 2^14 pass for the chip in one of the HAL's. What is due in them comes late by at most one.
    task leap(input int unsigned strides);
        us_stride <= us_t'(1 << 14);
        repeat (strides) @(posedge us_clk);
        us_stride <= 1;
    endtask

    task warm_reset(input chip_reset_t cause);
        @(posedge clk);
        chip_reset <= cause;
        @(posedge clk);
        chip_reset <= NO_RESET;
        repeat (2) @(posedge clk);
    endtask

    // The command line
    initial begin
        string all, one;
        ready = 1'b0;
        if ($value$plusargs("harvest=%s", all) != 0)
            while (all != "") begin
                int die, mask;
                split(all, one);
                if ($sscanf(one, "die%d:%h", die, mask) != 2 || die >= DIES) $fatal(1, "cannot understand +harvest=%s", one);
                harvest[die] = mask[7:0];
            end
        if ($value$plusargs("fault=%s", all) != 0)
            while (all != "") begin
                split(all, one);
                plant_text(one);
            end
        @(posedge clk);
        ready = 1'b1;
    end

    // The first of several texts between commas; `all` keeps the rest.
    function automatic void split(inout string all, output string one);
        int at = find(all, ",");
        one = all.substr(0, at - 1);
        all = at + 1 < all.len() ? all.substr(at + 1, all.len() - 1) : "";
    endfunction

    // Where a character first stands in a text; its length if nowhere.
    function automatic int find(string text, string character);
        for (int i = 0; i < text.len(); i++) if (text[i] == character[0]) return i;
        return text.len();
    endfunction

    task automatic plant_text(input string text);
        int colon = find(text, ":"), equals = find(text, "="), star = find(text, "*");
        int stop = equals < star ? equals : star;
        string fault = text.substr(colon + 1, stop - 1);
        int target = chip_pkg::instance_of(text.substr(0, colon - 1));
        int kind = target < 0 ? -1 : chip_pkg::fault_of(chip_pkg::ip_of(target), fault);
        int value = 0, times = 0;
        if (kind < 0) $fatal(1, "cannot understand +fault=%s: no such instance or fault", text);
        if (equals < star && $sscanf(text.substr(equals + 1, star - 1), "%d", value) != 1)
            $fatal(1, "cannot understand +fault=%s: the value is a number", text);
        if (star < text.len() && $sscanf(text.substr(star + 1, text.len() - 1), "%d", times) != 1)
            $fatal(1, "cannot understand +fault=%s: *times is a number", text);
        strike(target, kind, value, times);
    endtask
endmodule
