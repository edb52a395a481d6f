// Identity of a die and of its boot, a timer, reset epochs, the tenant's word. Always on; nothing but a power-on reset makes it
// forget.

module sysid
    import block_pkg::*;
    import sysid_regs_pkg::*;
#(
    parameter logic [23:0] WORKLOAD = 24'h7E57  // which workload the tenant's word names while one is active
) (
    input  logic [3:0]       die,
    input  logic [63:0]      serial,         // fuses
    input  logic             tenant_active,  // the tenant's own word, from the other side
    input  chip_reset_t      chip_reset,     // one clock: all blocks are reset
    input  logic [15:0][7:0] domain_resets,  // how many instances of each domain are reset in this clock; 0 is the die's own
    `include "block_ports.svh"
);
    localparam int unsigned DOMAINS = 16;

    sysid__in_t  hw;
    sysid__out_t sw;
    sysid_regs regs (.clk, .rst_n, .por_n, .apb, .apb_rsp, .hwif_in(hw), .hwif_out(sw));

    // Time since power-on. The high word is as it was at the last read of the low one, so that a pair of reads is one time.
    localparam logic [SYSID_REGS_MIN_ADDR_WIDTH-1:0] TIMER_LOW = 'h60;
    logic [63:0] us;
    logic [31:0] high;
    logic low_read;
    assign low_read = apb.psel && apb.penable && apb_rsp.pready && !apb.pwrite
        && {apb.paddr[SYSID_REGS_MIN_ADDR_WIDTH-1:2], 2'b00} == TIMER_LOW;
    always_ff @(posedge clk) begin
        if (!por_n) begin
            us   <= '0;
            high <= '0;
        end else begin
            us <= us + 64'(tick);
            if (low_read) high <= us[63:32];
        end
    end

    // Reset epochs
    logic [DOMAINS-1:0][15:0] epoch;
    always_ff @(posedge clk) begin
        if (!por_n) epoch <= '0;
        else for (int unsigned d = 0; d < DOMAINS; d++) epoch[d] <= epoch[d] + 16'(domain_resets[d]);
    end

    // Boot identity: how often power came. It stands for a counter in non-volatile memory, so no reset clears it.
    logic [31:0] boot_id;
    initial boot_id = '0;
    always_ff @(posedge por_n) boot_id <= boot_id + 1;

    // Why the chip was reset as a whole. A reset of this block alone is no such thing.
    localparam logic [1:0] POWER_ON = 2'd1;
    logic [1:0] reason;
    always_ff @(posedge clk) begin
        if (!por_n) reason <= POWER_ON;
        else if (chip_reset != NO_RESET) reason <= chip_reset;
    end

    // What software sees
    always_comb begin
        hw.chip_id.die.next   = die;
        hw.straps.value.next  = '0;
        hw.boot_id.value.next = boot_id;
        hw.serial.low.next    = serial[31:0];
        hw.serial.high.next   = serial[63:32];
        hw.reset_reason.reason.next = reason;
        hw.timer.us.next      = {high, us[31:0]};
        hw.tenant.active.next = tenant_active;
        hw.tenant.id.next     = tenant_active ? WORKLOAD : '0;
    end
    for (genvar d = 0; d < DOMAINS; d++) begin : gen_epoch
        assign hw.epoch[d].count.next = epoch[d];
    end

    assign alarm       = '0;  // nothing ever happens by itself
    assign faults_used = '0;
    assign violation   = 1'b0;
endmodule
