// One chip's HAL in a testbench. One side calls it, the other serves its bus:
//
//     bedplate_if hal ();
//     apb_master master (.hal, .clk, .request, .response);     // or a driver of your own, see `get` and `put`
//     initial begin
//         hal.open("tern");
//         hal.call("up", report);
//         hal.reg_get("die0.pll.sys.status", value);
//     end
//
// HAL code blocks; while it waits for the bus, simulated time goes on. Several of these make several chips or ports.

interface bedplate_if;
    timeunit 1ns; timeprecision 1ps;
    import bedplate_pkg::*;

    // The request in progress, for the bus driver (and for the waveform).
    op_t         op = DONE;
    logic [63:0] address = '0;
    int          size = 0;   // bytes of a word that are meant: 1, 2 or 4, right-aligned
    int          count = 0;  // words, or bytes of SPI
    logic [31:0] words[MOST];

    // What the HAL is about, as ASCII; told when `+waves` or the environment asked for it.
    text_t instance_name = '0, step_name = '0, register_name = '0;

    int session = 0;
    bit running = 0;
    longint unsigned back_at = 0;  // while the HAL waits: until when, in ns; before that it wants nothing of the bus
    real factor = 1.0;

    // ---- For whoever wants something of the chip. Errors of the HAL end the simulation, with its message.

    // Device time runs so much faster than simulated time. Before `open`.
    task set_speedup(input real speedup);
        factor = speedup;
    endtask

    // The chip by the name that Bedplate knows it by, or as `package.module:Class`.
    task open(input string chip);
        session = bedplate_open({"sv:", chip});
        if (session == 0 || bedplate_speedup(session, factor) == 0) fail();
    endtask

    // A command of the command line: "up", "down die0.hbm0", "status", "reg get NAME", ... The answer is its JSON document.
    task call(input string command, output string json);
        bit ok;
        try_call(command, json, ok);
        if (!ok) fail();
    endtask

    // The same for those who expect an error; `error` then says which.
    task try_call(input string command, output string json, output bit ok);
        ok = session != 0 && bedplate_start(session, command) != 0;
        if (ok) begin
            run();
            ok = op == DONE;
        end
        json = bedplate_text(session);
    endtask

    function string error();
        return bedplate_error(session);
    endfunction

    task reg_get(input string name, output longint unsigned value);
        string json;
        call({"reg get ", name}, json);
        value = bedplate_value(session);
    endtask

    task reg_set(input string name, input longint unsigned value);
        string json;
        call($sformatf("reg set %s=%0d", name, value), json);
    endtask

    // Whether Python started this simulation and drives the chip itself, by the target `rtl:`.
    function bit is_served();
        return $value$plusargs("bedplate=%d", session) != 0;
    endfunction

    // Then: do what it wants until it has had enough. Returns when the simulation is to end.
    task serve();
        if (bedplate_speedup(session, factor) == 0) fail();
        run();
        if (op == FAILED) fail();
    endtask

    // ---- For a bus driver: get a request, carry it out (READ, WRITE, SPI, BACKDOOR), put how it went. For ever.

    // Wait for a request: op, address, size, count, words.
    task get();
        wait (running);
    endtask

    // It is done. What was read is in `words`.
    task put(input status_t status);
        status_t seen;
        seen = status;
        if (op == READ || op == SPI || op == BACKDOOR)
            for (int i = 0; i < count; i++) begin
                if ($isunknown(words[i])) seen = UNKNOWN;
                bedplate_put_word(session, i, words[i]);
            end
        next(seen);
    endtask

    // ---- Inside

    task run();
        next(OK);
        wait (op == DONE || op == FAILED);
    endtask

    // Ask until there is something for the bus driver, or an end.
    task next(input status_t status);
        running = 0;  // while the HAL waits, nothing is asked of the bus
        op = op_t'(bedplate_next(session, 64'($time), int'(status)));
        address = bedplate_address(session);
        while (op == IDLE || op == NOTE) begin
            if (op == IDLE) pause(address);
            else show();
            op = op_t'(bedplate_next(session, 64'($time), int'(OK)));
            address = bedplate_address(session);
        end
        size  = bedplate_size(session);
        count = bedplate_count(session);
        if (op != READ) for (int i = 0; i < count; i++) words[i] = bedplate_word(session, i);
        running = op != DONE && op != FAILED;
    endtask

    // In pieces: of a delay of more than 2^32 units of precision (4 ms in ps) Verilator 5.006 takes the lower bits only.
    task automatic pause(input longint unsigned ns);
        longint unsigned left;
        back_at = 64'($time) + ns;
        for (left = ns; left > 1_000_000; left -= 1_000_000) #1ms;
        #(left * 1ns);
    endtask

    function void show();
        string text;
        text = bedplate_text(session);
        case (address)
            0: instance_name = shown(text);
            1: step_name = shown(text);
            default: register_name = shown(text);
        endcase
    endfunction

    function void fail();
        $fatal(1, "%s", bedplate_error(session));
    endfunction
endinterface
