// Serves a HAL's SPI transfers by pins: SPI mode 0, most significant bit first, one chip select for each slave. Other requests
// are somebody else's.

module spi_master
    import bedplate_pkg::*;
#(
    parameter int unsigned SLAVES = 1,
    parameter int unsigned HALF = 5,    // clocks in half a period of SCK: 10 MHz from a bus clock of 100 MHz
    parameter int unsigned REST = 100   // clocks with all chip selects high before a transfer: a microsecond
) (
    bedplate_if                     hal,
    input  logic                    clk,
    output logic [SLAVES-1:0]       sck,
    output logic [SLAVES-1:0]       cs_n,
    output logic [SLAVES-1:0]       mosi,
    input  logic [SLAVES-1:0]       miso
);
    initial begin
        sck  = '0;
        cs_n = '1;
        mosi = '0;
    end

    always begin
        hal.get();
        wait (hal.running && hal.op == SPI);
        if (hal.address < 64'(SLAVES)) begin
            transfer(SLAVES'(1) << hal.address);
            hal.put(OK);
        end else hal.put(SLVERR);
    end

    task automatic transfer(input logic [SLAVES-1:0] slave);
        repeat (REST) @(posedge clk);
        cs_n <= ~slave;
        repeat (HALF) @(posedge clk);
        for (int i = 0; i < hal.count; i++) begin
            logic [7:0] out, back;
            out = hal.words[i][7:0];
            for (int bit_ = 7; bit_ >= 0; bit_--) begin
                mosi <= out[bit_] ? slave : '0;
                repeat (HALF) @(posedge clk);
                sck <= slave;
                back[bit_] = (miso & slave) != '0;
                repeat (HALF) @(posedge clk);
                sck <= '0;
            end
            hal.words[i] = 32'(back);
        end
        repeat (HALF) @(posedge clk);
        cs_n <= '1;
        repeat (HALF) @(posedge clk);
    endtask
endmodule
